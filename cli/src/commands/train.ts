import type { CliCommand } from "../command.ts";
import { launchTraining } from "../train/launch-training.ts";
import { trainOptions } from "../train/train-options.ts";

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
    return launchTraining(options, io);
  },
};
