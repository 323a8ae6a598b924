import type { ListedFolder, RunListChange } from "../protocol/run-worker.ts";
import type { IsAlive } from "./process-liveness.ts";
import { type ReadEntry, readRunEntry } from "./run-entry.ts";
import { createRunList, type RunList } from "./run-list.ts";
import type { RunListFiles } from "./run-list-files.ts";

/** Folders looked at from one change to the next: a page of the list, read in some milliseconds. */
const FOLDERS_AT_ONCE = 250;

/**
 * Lists folders of runs again and again: what has not changed since the last time is not read again.
 *
 * Changes are to be taken in their order, and one listing after the other.
 */
export interface RunLister {
  /**
   * What has changed in the folders that lie in these folders of runs, which need not be there,
   * newest names first. Folders of runs that are no longer asked for are gone.
   */
  list(runsFolders: readonly string[]): AsyncGenerator<RunListChange>;
  /** What has changed in the runs that were in progress. */
  listRunning(): AsyncGenerator<RunListChange>;
}

export function createRunLister(files: RunListFiles, isAlive: IsAlive): RunLister {
  const known = new Map<string, ReadEntry>();

  async function* look(folders: readonly string[]): AsyncGenerator<RunListChange> {
    for (let start = 0; start < folders.length; start += FOLDERS_AT_ONCE) {
      const changed: ListedFolder[] = [];
      for (const folder of folders.slice(start, start + FOLDERS_AT_ONCE)) {
        const before = known.get(folder);
        const entry = await readRunEntry(files, folder, {
          before,
          running: async (record) => ((await isAlive(record)) === false ? "lost" : "running"),
        });
        if (entry === before) continue;
        known.set(folder, entry);
        changed.push(entry.listed);
      }
      yield { changed, gone: [] };
    }
  }

  return {
    async *list(runsFolders) {
      const { folders, unread } = foldersIn(files, runsFolders);
      const there = new Set([...folders, ...unread.map(({ folder }) => folder)]);
      const gone = [...known.keys()].filter((folder) => !there.has(folder));
      for (const folder of gone) known.delete(folder);
      const changed = unread.filter(
        ({ folder, problem }) => known.get(folder)?.listed.problem !== problem,
      );
      for (const listed of changed) known.set(listed.folder, { listed });
      if (gone.length > 0 || changed.length > 0) yield { changed, gone };
      yield* look(folders);
    },
    listRunning() {
      const isRunning = ({ listed: { run } }: ReadEntry) => run?.status === "running";
      return look([...known].filter(([, entry]) => isRunning(entry)).map(([folder]) => folder));
    },
  };
}

/** Run folders, newest first by their names, which start with a date; and what cannot be listed. */
function foldersIn(files: RunListFiles, runsFolders: readonly string[]) {
  const found: { readonly name: string; readonly folder: string }[] = [];
  const unread: ListedFolder[] = [];
  for (const runsFolder of new Set(runsFolders)) {
    try {
      for (const { name, isFolder } of files.entries(runsFolder)) {
        if (isFolder) found.push({ name, folder: `${runsFolder}/${name}` });
      }
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      unread.push({ folder: runsFolder, problem });
    }
  }
  const folders = found.sort((a, b) => (a.name < b.name ? 1 : -1)).map(({ folder }) => folder);
  return { folders, unread };
}

/** Runs in the folders that lie in `runsFolder`, which need not be there, all read anew. */
export async function listRuns(
  files: RunListFiles,
  runsFolder: string,
  isAlive: IsAlive,
): Promise<RunList> {
  const list = createRunList();
  for await (const change of createRunLister(files, isAlive).list([runsFolder])) {
    list.apply(change);
  }
  return list.all();
}
