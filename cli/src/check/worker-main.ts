// One of the threads of `normlens check`: gets lists of files, answers with what is found in them.
import { parentPort, workerData } from "node:worker_threads";
import { type CheckItem, type CheckSetup, checker } from "./checker.ts";

// The only sender is check-in-parallel.ts of the same build.
const { check } = checker(workerData satisfies CheckSetup);
parentPort?.on("message", (items: readonly CheckItem[]) => {
  parentPort?.postMessage(items.map(check));
});
