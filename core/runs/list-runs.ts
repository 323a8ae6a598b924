import type { RunListEntry, RunListProblem } from "../protocol/run-worker.ts";
import type { IsAlive } from "./process-liveness.ts";
import { type ReadEntry, readRunEntry } from "./run-entry.ts";
import type { RunFileSystem } from "./run-file-system.ts";

export interface RunList {
  /** Newest first. */
  readonly runs: readonly RunListEntry[];
  readonly problems: readonly RunListProblem[];
}

/** Systems limit how many files a process may hold open. */
const READ_AT_ONCE = 32;

/** Lists runs folders again and again: what has not changed since the last time is not read again. */
export interface RunLister {
  /** Runs in the folders that lie in `runsFolder`, which need not be there. */
  list(runsFolder: string): Promise<RunList>;
}

export function createRunLister(files: RunFileSystem, isAlive: IsAlive): RunLister {
  const known = new Map<string, ReadonlyMap<string, ReadEntry>>();
  return {
    async list(runsFolder) {
      const before = known.get(runsFolder);
      const folders = (await files.entries(runsFolder))
        .filter((entry) => entry.isFolder)
        .map((entry) => `${runsFolder}/${entry.name}`);
      const entries = new Map<string, ReadEntry>();
      for (let start = 0; start < folders.length; start += READ_AT_ONCE) {
        const part = folders.slice(start, start + READ_AT_ONCE);
        await Promise.all(
          part.map(async (folder) => {
            entries.set(
              folder,
              await readRunEntry(files, { folder, isAlive }, before?.get(folder)),
            );
          }),
        );
      }
      // Folders that are gone are forgotten with the map that they were in.
      known.set(runsFolder, entries);
      const read = [...entries.values()];
      return sortRuns({
        runs: read.flatMap(({ run }) => run ?? []),
        problems: read.flatMap(({ problem }) => problem ?? []),
      });
    },
  };
}

/** Runs in the folders that lie in `runsFolder`, which need not be there, all read anew. */
export function listRuns(
  files: RunFileSystem,
  runsFolder: string,
  isAlive: IsAlive,
): Promise<RunList> {
  return createRunLister(files, isAlive).list(runsFolder);
}

/** Several lists as one, newest first. */
export function joinRunLists(lists: readonly RunList[]): RunList {
  return sortRuns({
    runs: lists.flatMap((list) => list.runs),
    problems: lists.flatMap((list) => list.problems),
  });
}

function sortRuns({ runs, problems }: RunList): RunList {
  return {
    runs: runs.toSorted(
      (a, b) => Date.parse(b.started) - Date.parse(a.started) || compare(b.id, a.id),
    ),
    problems: problems.toSorted((a, b) => compare(b.folder, a.folder)),
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
