import type { RunListEntry } from "../../../core/protocol/run-worker.ts";

/** Folder of the run that a tree item or the state of a page stands for, `undefined` for anything else. */
export function folderOf(argument: unknown): string | undefined {
  return typeof argument === "object" &&
    argument !== null &&
    "folder" in argument &&
    typeof argument.folder === "string"
    ? argument.folder
    : undefined;
}

/** The run a command was called on, or the one that the user picks among `runs`. */
export async function chooseRun(
  argument: unknown,
  runs: readonly RunListEntry[],
  pick: (runs: readonly RunListEntry[]) => Promise<RunListEntry | undefined>,
): Promise<RunListEntry | undefined> {
  const folder = folderOf(argument);
  if (folder !== undefined) return runs.find((run) => run.folder === folder);
  return pick(runs);
}
