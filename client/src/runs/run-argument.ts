import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import type { Host } from "../host.ts";

/** Folder of the run that a tree item or the state of a page stands for, `undefined` for anything else. */
export function folderOf(argument: unknown): string | undefined {
  return typeof argument === "object" &&
    argument !== null &&
    "folder" in argument &&
    typeof argument.folder === "string"
    ? argument.folder
    : undefined;
}

type PickRun = (runs: readonly RunListEntry[]) => Promise<RunListEntry | undefined>;

/** The run a command was called on, or the one that the user picks among `runs`. */
export async function chooseRun(
  argument: unknown,
  runs: readonly RunListEntry[],
  pick: PickRun,
): Promise<RunListEntry | undefined> {
  const folder = folderOf(argument);
  if (folder !== undefined) return runs.find((run) => run.folder === folder);
  return pick(runs);
}

/** What a command of the tree's menu is called with: the row, and all that are selected with it. */
interface Chosen {
  readonly target: unknown;
  readonly selection: unknown;
}

/** The selected runs, or the run a command was called on, or the one that the user picks. */
export async function chooseRuns(
  { target, selection }: Chosen,
  runs: readonly RunListEntry[],
  pick: PickRun,
): Promise<readonly RunListEntry[]> {
  const folders = Array.isArray(selection) ? selection.map(folderOf) : [];
  const several = runs.filter(({ folder }) => folders.includes(folder));
  if (several.length > 1) return several;
  const one = await chooseRun(target, runs, pick);
  return one === undefined ? [] : [one];
}

/** Folder of the run a command was called on, listed or not, or of the one that the user picks. */
export async function chooseFolder(
  argument: unknown,
  { runs, pickRun }: Pick<Host, "runs" | "pickRun">,
  title: string,
): Promise<string | undefined> {
  return folderOf(argument) ?? (await pickRun(await runs(), title))?.folder;
}
