import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { type CheckItem, type CheckSetup, checker, type ItemResult } from "./checker.ts";
import { optimizeLate } from "./optimize-late.ts";
import { openQueue } from "./queue.ts";

/** Below this a thread costs more to start than it saves. */
const FILES_PER_THREAD = 150;
/** Files between two turns of the event loop. */
const FILES_PER_TURN = 16;
/** Files that a thread gets at a time: few enough that all end together. */
const FILES_PER_MESSAGE = 8;

/** Beside the bundled command line; absent when the sources run as they are. */
const WORKER = path.join(import.meta.dirname, "check-worker.js");

/** Threads besides this one. */
function threadsFor(count: number): number {
  if (!existsSync(WORKER)) return 0;
  return Math.min(availableParallelism() - 1, Math.floor(count / FILES_PER_THREAD));
}

/**
 * Checks files on as many threads as that is worth; results in the order of the items, `undefined`
 * for those that were not reached before `isCancelled` turned true.
 *
 * This thread goes through all files and looks for the words of the rules; those that have some
 * are left to the others, and it joins them at the end. So a thread compiles little more of the code
 * than it needs, which is a good part of the time that a check takes.
 */
export async function checkInParallel(
  items: readonly CheckItem[],
  setup: CheckSetup,
  isCancelled: () => boolean,
): Promise<readonly (ItemResult | undefined)[]> {
  const threads = threadsFor(items.length);
  optimizeLate();
  return threads > 0
    ? checkOnThreads(items, setup, threads, isCancelled)
    : checkHere(items, setup, isCancelled);
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

async function checkHere(
  items: readonly CheckItem[],
  setup: CheckSetup,
  isCancelled: () => boolean,
): Promise<readonly ItemResult[]> {
  const { check } = checker(setup);
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
): Promise<readonly (ItemResult | undefined)[]> {
  const results: (ItemResult | undefined)[] = [];
  const queue = openQueue<Waiting>();
  const drain = async (most: number, checkAll: CheckAll): Promise<void> => {
    while (!isCancelled()) {
      const taken = await queue.take(most);
      if (taken.length === 0) return;
      const found = await checkAll(taken.map(({ item }) => item));
      taken.forEach(({ number }, index) => {
        results[number] = found[index];
      });
    }
  };
  const workers = Array.from({ length: threads }, () => new Worker(WORKER, { workerData: setup }));
  try {
    const working = Promise.all(
      workers.map((worker) => drain(FILES_PER_MESSAGE, (some) => answer(worker, some))),
    );
    // Should a thread end before, it is told of below.
    working.catch(() => queue.close());
    const { screen, check } = checker(setup);
    for (const [number, item] of items.entries()) {
      if (number % FILES_PER_TURN === 0) await turn();
      if (isCancelled()) break;
      const screened = screen(item);
      if ("outcome" in screened) results[number] = screened;
      else queue.put({ number, item: screened });
    }
    queue.close();
    await drain(1, (some) => turn().then(() => some.map(check)));
    await working;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return items.map((_, number) => results[number]);
}

interface Waiting {
  readonly number: number;
  readonly item: CheckItem;
}

type CheckAll = (items: readonly CheckItem[]) => Promise<readonly ItemResult[]>;

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
