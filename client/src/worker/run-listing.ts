import type { FromRunWorker, RunListChange } from "../../../core/protocol/run-worker.ts";
import type { RunLister } from "../../../core/runs/list-runs.ts";

/** Answers requests for the list of runs, one after the other, in parts. */
export interface RunListing {
  list(id: number, runsFolders: readonly string[]): void;
  listRunning(id: number): void;
}

/** @param breathe Lets the thread do what else is waiting, between two parts. */
export function createRunListing(
  lister: RunLister,
  post: (message: FromRunWorker) => void,
  breathe: () => Promise<void>,
): RunListing {
  let last = Promise.resolve();

  async function tell(id: number, changes: AsyncGenerator<RunListChange>): Promise<void> {
    for await (const { changed, gone } of changes) {
      if (changed.length > 0 || gone.length > 0) {
        post({ type: "list", id, isLast: false, changed, gone });
      }
      await breathe();
    }
    post({ type: "list", id, isLast: true, changed: [], gone: [] });
  }

  return {
    list(id, runsFolders) {
      last = last.then(() => tell(id, lister.list(runsFolders)));
    },
    listRunning(id) {
      last = last.then(() => tell(id, lister.listRunning()));
    },
  };
}
