import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { systemFault } from "../system-fault.ts";
import { UserError } from "../user-error.ts";
import { makeFolders } from "./make-folders.ts";
import { runId } from "./run-id.ts";

const RUNS_FOLDER = path.join(".normlens", "runs");

/** Where a new run's folder goes: `<workspace>/.normlens/runs`, or `out` when it is given. */
export interface RunPlace {
  readonly workspace: string;
  readonly out?: string;
}

/**
 * Makes the folder of a run that starts now and says where it is.
 *
 * Two runs of one name in one second get different folders, also when two processes make them: the
 * later one has a number at its end.
 *
 * @throws {UserError} If no folder can be made there.
 */
export function createRunFolder(place: RunPlace, name: string, started: Date): string {
  const parent = place.out ?? path.join(place.workspace, RUNS_FOLDER);
  try {
    makeFolders(parent);
    if (place.out === undefined) ignoreByGit(path.join(place.workspace, ".normlens"));
    const folder = makeNew(parent, runId(started, name));
    mkdirSync(path.join(folder, "weights"));
    mkdirSync(path.join(folder, "embeddings"));
    return folder;
  } catch (error) {
    throw new UserError(
      "run-folder",
      `Cannot make a run folder in ${parent}: ${systemFault(error)}`,
      "Choose a folder that can be written to",
    );
  }
}

/** Whoever makes a folder first owns it; looking first and making then would leave a gap. */
function makeNew(parent: string, id: string): string {
  for (let attempt = 1; ; attempt++) {
    const folder = path.join(parent, attempt === 1 ? id : `${id}-${attempt}`);
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if (!existsSync(folder)) throw error;
    }
  }
}

/** Runs are large and local: nobody wants them in a commit. */
function ignoreByGit(folder: string): void {
  const file = path.join(folder, ".gitignore");
  if (!existsSync(file)) writeFileSync(file, "*\n");
}
