import path from "node:path";
import { RUN_FILES } from "../../../core/protocol/run-files.ts";
import type { TrainResult } from "../../../trainer/src/train.ts";
import type { CliCommand, CommandIo } from "../command.ts";
import { barPrinter } from "../train/bar-printer.ts";
import { finishedRun } from "../train/finished-run.ts";
import { plainPrinter } from "../train/plain-printer.ts";
import { runSummary } from "../train/run-summary.ts";
import { type TrainOptions, trainOptions } from "../train/train-options.ts";
import { jsonPrinter, type TrainPrinter } from "../train/train-printer.ts";

const HELP = `Usage: normlens train SPEC [options]
       normlens train --resume RUN [--json | --quiet]

Trains what an experiment file (*.normlens.yaml) asks for and writes a run folder, by default under
.normlens/runs of the working directory. Interrupted once, it completes the folder as cancelled;
interrupted twice, it stops at once.

  --out DIR          folder that the run folder is made in
  --backend NAME     auto, tensorflow, webgpu, wasm or cpu, in place of the file's
  --set key=value    replaces a value of the file, keys dotted: --set training.epochs=5
  --resume RUN       goes on with an interrupted run folder from its last checkpoint
  --unless-done      if the same file was trained to the end already, say what came of it instead
  --json             one JSON event a line instead of text
  --quiet            print only errors and the run folder

Exit code: 0 finished, 1 failed or cancelled, 2 wrong usage or a refused experiment file.
`;

export const train: CliCommand = {
  name: "train",
  summary: "Train a model from an experiment file",
  help: HELP,
  async run(args, io) {
    const options = trainOptions(args);
    if (options instanceof Error) {
      io.error(`normlens train: ${options.message}\n\n${HELP}`);
      return 2;
    }
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
  },
};

function tell(result: TrainResult, options: TrainOptions, io: CommandIo): void {
  if (result.error !== undefined) io.error(`${result.error}\n`);
  if (result.run !== "") {
    io.out(options.isQuiet ? `${result.run}\n` : runSummary(result.run, io.cwd));
  } else if (result.status === "cancelled") {
    io.error("Cancelled before there was a run folder\n");
  }
}

function requestOf({ spec, out, backend, set, resume }: TrainOptions, cwd: string) {
  if (resume !== undefined) {
    const folder = path.resolve(cwd, resume);
    return { spec: path.join(folder, RUN_FILES.spec), workspace: cwd, resume: folder };
  }
  return {
    spec: path.resolve(cwd, spec),
    workspace: cwd,
    set,
    ...(out === undefined ? {} : { out: path.resolve(cwd, out) }),
    ...(backend === undefined ? {} : { backend }),
  };
}

function choosePrinter(options: TrainOptions, io: CommandIo): TrainPrinter {
  if (options.isJson) return jsonPrinter(io.out);
  if (options.isQuiet) return { show: () => undefined };
  return io.isTerminal ? barPrinter(io.out, io.columns) : plainPrinter(io.out);
}
