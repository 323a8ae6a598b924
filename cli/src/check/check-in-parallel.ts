import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { type CheckItem, type CheckSetup, checker, type ItemResult } from "./checker.ts";

/** Below this a thread costs more to start than it saves. */
const FILES_PER_THREAD = 150;
/** Files between two turns of the event loop. */
const FILES_PER_TURN = 16;
/** Files that a thread gets at a time: few enough that all end together. */
const FILES_PER_MESSAGE = 8;

/** Room for what lives as long as a file is looked at, so that it need not be copied. */
const YOUNG_MIB = 96;

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
 * are left to the others. So each part of the code is compiled by one thread only, which is a good
 * part of the time that a check takes.
 */
export async function checkInParallel(
  items: readonly CheckItem[],
  setup: CheckSetup,
  isCancelled: () => boolean,
): Promise<readonly (ItemResult | undefined)[]> {
  const threads = threadsFor(items.length);
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
  const options = { workerData: setup, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB } };
  const workers = Array.from({ length: threads }, () => new Worker(WORKER, options));
  try {
    const queue = openQueue<number>();
    const work = async (worker: Worker): Promise<void> => {
      for (;;) {
        const numbers = isCancelled() ? [] : await queue.take(FILES_PER_MESSAGE);
        if (numbers.length === 0) return;
        const found = await answer(
          worker,
          numbers.flatMap((number) => items[number] ?? []),
        );
        numbers.forEach((number, index) => {
          results[number] = found[index];
        });
      }
    };
    const working = Promise.all(workers.map(work));
    // Heard of at the end, too, should it come before.
    working.catch(() => queue.close());
    const { screen } = checker(setup);
    for (const [number, item] of items.entries()) {
      if (number % FILES_PER_TURN === 0) await turn();
      if (isCancelled()) break;
      const result = screen(item);
      if (result === undefined) queue.put(number);
      else results[number] = result;
    }
    queue.close();
    await working;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return items.map((_, number) => results[number]);
}

interface Queue<Item> {
  put(item: Item): void;
  /** Up to so many items, as soon as there are any; none once the queue is closed and empty. */
  take(most: number): Promise<readonly Item[]>;
  close(): void;
}

function openQueue<Item>(): Queue<Item> {
  const items: Item[] = [];
  const waiting: (() => void)[] = [];
  let isOpen = true;
  const wake = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  return {
    put(item) {
      items.push(item);
      wake();
    },
    async take(most) {
      while (items.length === 0 && isOpen)
        await new Promise<void>((resolve) => waiting.push(resolve));
      return items.splice(0, most);
    },
    close() {
      isOpen = false;
      wake();
    },
  };
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
