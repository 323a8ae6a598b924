import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { createKernels, type Kernels } from "./solver/kernels.ts";
import {
  type AnswerOf,
  type SolverTask,
  solveTask,
  type TaskOf,
  type TaskType,
} from "./solver-tasks.ts";

/** Beside the bundled trainer; absent when the sources run as they are. */
const WORKER = "solver-worker.js";

/** Below this many multiplications a thread costs more to start than it saves. */
const THREAD_WORK = 2e9;

/** Computes tasks on as many threads as that is worth. */
export interface SolverPool {
  readonly threads: number;
  /**
   * Answers in the order of the tasks, whichever ends first; `onDone` is told how many are done.
   *
   * @throws The signal's reason when it is aborted, or what a task threw.
   */
  run<Type extends TaskType>(
    tasks: readonly TaskOf<Type>[],
    onDone?: (done: number) => void,
  ): Promise<readonly AnswerOf<Type>[]>;
  dispose(): Promise<void>;
}

export interface PoolSettings {
  /** Multiplications that lie ahead, roughly. */
  readonly work: number;
  readonly signal: AbortSignal;
  /** File of the threads' script. */
  readonly worker?: string;
  readonly threads?: number;
}

export function createSolverPool(settings: PoolSettings): SolverPool {
  const wanted = settings.threads ?? (settings.work < THREAD_WORK ? 1 : availableParallelism());
  if (wanted < 2) return inlinePool(settings.signal);
  const worker = settings.worker ?? path.join(import.meta.dirname, WORKER);
  return existsSync(worker)
    ? threadedPool(worker, wanted, settings.signal)
    : inlinePool(settings.signal);
}

function inlinePool(signal: AbortSignal): SolverPool {
  let kernels: Kernels | undefined;
  return {
    threads: 1,
    async run(tasks, onDone) {
      kernels ??= createKernels();
      const answers = [];
      for (const task of tasks) {
        // An abort that waits in the event loop gets its turn.
        await new Promise(setImmediate);
        signal.throwIfAborted();
        answers.push(solveTask(kernels, task));
        onDone?.(answers.length);
      }
      return answersOf(answers);
    },
    async dispose() {
      kernels = undefined;
    },
  };
}

/** A task's answer is of its own type: `solveTask` and the worker see to that. */
function answersOf<Type extends TaskType>(answers: readonly unknown[]): readonly AnswerOf<Type>[] {
  return answers as readonly AnswerOf<Type>[];
}

function threadedPool(script: string, threads: number, signal: AbortSignal): SolverPool {
  const workers = Array.from({ length: threads }, () => new Worker(script));
  return {
    threads,
    run: async (tasks, onDone) => {
      signal.throwIfAborted();
      return answersOf(await shareOut(workers, tasks, signal, onDone));
    },
    dispose: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** Every worker takes the next task when it is done with one. */
function shareOut(
  workers: readonly Worker[],
  tasks: readonly SolverTask[],
  signal: AbortSignal,
  onDone: ((done: number) => void) | undefined,
): Promise<readonly unknown[]> {
  const answers: unknown[] = new Array(tasks.length);
  let next = 0;
  let done = 0;
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      signal.removeEventListener("abort", onAbort);
      for (const worker of workers)
        worker.removeAllListeners("message").removeAllListeners("error");
      end();
    };
    const onAbort = () => {
      settle(() => reject(signal.reason));
    };
    signal.addEventListener("abort", onAbort);
    const give = (worker: Worker) => {
      if (next < tasks.length) {
        worker.postMessage({ index: next, task: tasks[next] });
        next += 1;
      }
    };
    if (tasks.length === 0) settle(() => resolve(answers));
    for (const worker of workers) {
      worker.on("error", (error) => {
        settle(() => reject(error));
      });
      worker.on("message", ({ index, answer }: { index: number; answer: unknown }) => {
        answers[index] = answer;
        done += 1;
        onDone?.(done);
        if (done === tasks.length) settle(() => resolve(answers));
        else give(worker);
      });
      give(worker);
    }
  });
}
