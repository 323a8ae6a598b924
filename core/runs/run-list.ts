import type { RunListChange, RunListEntry, RunListProblem } from "../protocol/run-worker.ts";

export interface RunList {
  /** Newest first. */
  readonly runs: readonly RunListEntry[];
  readonly problems: readonly RunListProblem[];
}

/** A list of runs kept up to date by the changes that a lister tells of. */
export interface KeptRunList {
  apply(change: RunListChange): void;
  /** The same object until something changes. */
  all(): RunList;
}

export function createRunList(): KeptRunList {
  const runs = new Map<string, { readonly run: RunListEntry; readonly startedMs: number }>();
  const problems = new Map<string, RunListProblem>();
  let sorted: RunList | undefined = { runs: [], problems: [] };
  return {
    apply({ changed, gone }) {
      if (changed.length === 0 && gone.length === 0) return;
      sorted = undefined;
      for (const folder of gone) {
        runs.delete(folder);
        problems.delete(folder);
      }
      for (const { folder, run, problem } of changed) {
        if (run === undefined) runs.delete(folder);
        else runs.set(folder, { run, startedMs: Date.parse(run.started) });
        if (problem === undefined) problems.delete(folder);
        else problems.set(folder, { folder, message: problem });
      }
    },
    all() {
      sorted ??= {
        runs: [...runs.values()]
          .sort((a, b) => b.startedMs - a.startedMs || compare(b.run.id, a.run.id))
          .map(({ run }) => run),
        problems: [...problems.values()].sort((a, b) => compare(b.folder, a.folder)),
      };
      return sorted;
    },
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
