import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { type CheckItem, type CheckSetup, checker, type ItemResult } from "./checker.ts";

/** Below this a thread costs more to start than it saves. */
const FILES_PER_THREAD = 150;
/** Files that a thread gets at a time: few enough that all end together. */
const FILES_PER_TURN = 48;

/** Beside the bundled command line; absent when the sources run as they are. */
const WORKER = path.join(import.meta.dirname, "check-worker.js");

function threadsFor(count: number): number {
  if (!existsSync(WORKER)) return 1;
  return Math.min(availableParallelism(), Math.floor(count / FILES_PER_THREAD));
}

/**
 * Checks files on as many threads as that is worth; results in the order of the items. Ends early,
 * with fewer results, when `isCancelled` turns true.
 */
export async function checkInParallel(
  items: readonly CheckItem[],
  setup: CheckSetup,
  isCancelled: () => boolean,
): Promise<readonly ItemResult[]> {
  const threads = threadsFor(items.length);
  return threads > 1
    ? checkOnThreads(items, setup, threads, isCancelled)
    : checkHere(items, setup, isCancelled);
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

async function checkHere(
  items: readonly CheckItem[],
  setup: CheckSetup,
  isCancelled: () => boolean,
): Promise<readonly ItemResult[]> {
  const check = checker(setup);
  const results: ItemResult[] = [];
  for (const item of items) {
    // Signals are heard between turns of the event loop only.
    if (results.length % FILES_PER_TURN === 0) await turn();
    if (isCancelled()) break;
    results.push(check(item));
  }
  return results;
}

async function checkOnThreads(
  items: readonly CheckItem[],
  setup: CheckSetup,
  threads: number,
  isCancelled: () => boolean,
): Promise<readonly ItemResult[]> {
  const parts: ItemResult[][] = [];
  let next = 0;
  const work = async (worker: Worker): Promise<void> => {
    while (next < items.length && !isCancelled()) {
      const start = next;
      next += FILES_PER_TURN;
      parts[start / FILES_PER_TURN] = await answer(worker, items.slice(start, next));
    }
  };
  const workers = Array.from({ length: threads }, () => new Worker(WORKER, { workerData: setup }));
  try {
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return parts.flat();
}

function answer(worker: Worker, items: readonly CheckItem[]): Promise<ItemResult[]> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off("message", onMessage);
      worker.off("error", onError);
      worker.off("exit", onExit);
      act();
    };
    const onMessage = (results: ItemResult[]) => settle(() => resolve(results));
    const onError = (error: unknown) => settle(() => reject(error));
    const onExit = (code: number) =>
      settle(() => reject(new Error(`A thread of the check ended by itself, exit code ${code}`)));
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    worker.postMessage(items);
  });
}
