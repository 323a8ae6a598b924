import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
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
 * Two runs of one name in one second get different folders: the later one a number at its end.
 */
export function createRunFolder(place: RunPlace, name: string, started: Date): string {
  const parent = place.out ?? path.join(place.workspace, RUNS_FOLDER);
  mkdirSync(parent, { recursive: true });
  if (place.out === undefined) ignoreByGit(path.join(place.workspace, ".normlens"));

  const id = runId(started, name);
  for (let attempt = 1; ; attempt++) {
    const folder = path.join(parent, attempt === 1 ? id : `${id}-${attempt}`);
    if (existsSync(folder)) continue;
    mkdirSync(folder, { recursive: true });
    mkdirSync(path.join(folder, "weights"));
    mkdirSync(path.join(folder, "embeddings"));
    return folder;
  }
}

/** Runs are large and local: nobody wants them in a commit. */
function ignoreByGit(folder: string): void {
  const file = path.join(folder, ".gitignore");
  if (!existsSync(file)) writeFileSync(file, "*\n");
}
