import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { mayStart } from "../may-start.ts";
import { experimentToRun } from "../runs/experiment-to-run.ts";
import { chooseRun } from "../runs/run-argument.ts";

type Deps = Pick<
  Host,
  "isTrusted" | "runs" | "pickRun" | "experimentOf" | "confirm" | "train" | "inform"
>;

/** A trial is a part of its sweep, which is run again as a whole. */
const canRunAgain = ({ status, record }: RunListEntry) =>
  status !== "running" && record.parent === undefined;

/** Trains the same experiment file again, with the values that were set then. */
export const rerun: Command<Deps> = {
  id: "normlens.rerun",
  async run(deps, target) {
    if (!mayStart(deps, "Training starts a process")) return;
    const ended = (await deps.runs()).filter(canRunAgain);
    if (ended.length === 0) {
      deps.inform("No run has ended yet: there is nothing to run again.");
      return;
    }
    const run = await chooseRun(target, ended, (runs) =>
      deps.pickRun(runs, "Run which one again?"),
    );
    if (run === undefined) return;
    const file = await experimentToRun(deps, run, "Run It as It Is Now");
    if (file === undefined) return;
    await deps.train(file, run.record.set);
  },
};
