// One of the threads of the solver: gets tasks, answers with what they come to.
import { parentPort } from "node:worker_threads";
import { createKernels } from "./solver/kernels.ts";
import { type SolverTask, solveTask } from "./solver-tasks.ts";

// The only sender is solver-pool.ts of the same build. An error ends the thread and reaches the pool.
const kernels = createKernels();
parentPort?.on("message", ({ index, task }: { index: number; task: SolverTask }) => {
  parentPort?.postMessage({ index, answer: solveTask(kernels, task) });
});
