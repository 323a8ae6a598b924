import type { CliCommand } from "../command.ts";
import { launchTraining } from "../train/launch-training.ts";
import { trainOptions } from "../train/train-options.ts";

const HELP = `Usage: normlens sweep SPEC [--vary key=VALUES …] [options]

Trains an experiment file many times, with other values of some of its keys, as its section \`sweep\`
says: a grid or a random search, by successive halving where there is \`sweep.halving\`. Every trial
is a run folder; the sweep has one too, with the table of trials. Interrupted, it keeps what is done.

  --vary key=VALUES  what differs, in place of the file's \`sweep.vary\`: values 1e-4,1e-3 or a YAML
                     list, or a range LOW..HIGH, with :log, :integer, :COUNT behind it
                     --vary penalty.0.lambda=1e-5..1e-1:log:7
  --set key=value    replaces a value of the file: --set sweep.search=random --set sweep.trials=20
                     --set 'sweep.halving={ eta: 3, min_epochs: 2 }'
  --out DIR          folder that the run folders are made in
  --backend NAME     in place of the file's
  --json             one JSON event a line, with one of type trial for every trial and rung
  --quiet            print only errors and the run folder of the sweep

Exit code: 0 finished, 1 failed or cancelled, 2 wrong usage or a refused experiment file.
`;

export const sweep: CliCommand = {
  name: "sweep",
  summary: "Train with many values of some keys, and keep the best",
  help: HELP,
  async run(args, io) {
    const options = trainOptions(args, { isSweep: true });
    if (options instanceof Error) {
      io.error(`normlens sweep: ${options.message}\n\n${HELP}`);
      return 2;
    }
    return launchTraining(options, io);
  },
};
