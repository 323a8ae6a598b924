import path from "node:path";
import { RUN_FILES } from "../../../core/protocol/run-files.ts";
import type { TrainResult } from "../../../trainer/src/train.ts";
import type { CommandIo } from "../command.ts";
import { barPrinter } from "./bar-printer.ts";
import { finishedRun } from "./finished-run.ts";
import { plainPrinter } from "./plain-printer.ts";
import { runSummary } from "./run-summary.ts";
import type { TrainOptions } from "./train-options.ts";
import { jsonPrinter, type TrainPrinter } from "./train-printer.ts";

/** Trains and tells how it goes; gives the exit code. */
export async function launchTraining(options: TrainOptions, io: CommandIo): Promise<number> {
  const request = requestOf(options, io.cwd);
  const done = options.isUnlessDone ? await finishedRun(request) : undefined;
  if (done !== undefined) {
    io.out(`Trained already, nothing has changed since:\n${runSummary(done, io.cwd)}`);
    return 0;
  }
  // Loaded here, so that the other commands do not pay for the tensor library.
  const trainer = await import("../../../trainer/src/train.ts");
  const printer = choosePrinter(options, io);
  const result = await trainer.train(request, {
    signal: io.signal,
    emit: (event) => {
      printer.show(event);
    },
  });
  if (!options.isJson) tell(result, options, io);
  if (result.status === "finished") return 0;
  return result.isRefused ? 2 : 1;
}

function tell(result: TrainResult, options: TrainOptions, io: CommandIo): void {
  if (result.error !== undefined) io.error(`${result.error}\n`);
  if (result.run !== "") {
    io.out(options.isQuiet ? `${result.run}\n` : runSummary(result.run, io.cwd));
  } else if (result.status === "cancelled") {
    io.error("Cancelled before there was a run folder\n");
  }
}

function requestOf(options: TrainOptions, cwd: string) {
  const { spec, out, backend, set, resume, isSweep } = options;
  const sweep = isSweep ? { sweep: true } : {};
  if (resume !== undefined) {
    const folder = path.resolve(cwd, resume);
    return { spec: path.join(folder, RUN_FILES.spec), workspace: cwd, resume: folder, ...sweep };
  }
  return {
    spec: path.resolve(cwd, spec),
    workspace: cwd,
    set,
    ...(out === undefined ? {} : { out: path.resolve(cwd, out) }),
    ...(backend === undefined ? {} : { backend }),
    ...sweep,
  };
}

function choosePrinter(options: TrainOptions, io: CommandIo): TrainPrinter {
  if (options.isJson) return jsonPrinter(io.out);
  if (options.isQuiet) return { show: () => undefined };
  return io.isTerminal ? barPrinter(io.out, io.columns) : plainPrinter(io.out);
}
