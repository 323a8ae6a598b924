import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { mayStart } from "../may-start.ts";
import { withChanges } from "../runs/changed-values.ts";
import { experimentToRun } from "../runs/experiment-to-run.ts";
import { chooseRun } from "../runs/run-argument.ts";

type Deps = Pick<
  Host,
  | "isTrusted"
  | "runs"
  | "pickRun"
  | "experimentOf"
  | "confirm"
  | "changeValues"
  | "train"
  | "inform"
>;

/** A trial is a part of its sweep, whose file would train all of them. */
const hasOwnFile = ({ record }: RunListEntry) => record.parent === undefined;

/** Trains the experiment of a run with values that the reader changes first. */
export const rerunWithChanges: Command<Deps> = {
  id: "normlens.rerunWithChanges",
  async run(deps, target) {
    if (!mayStart(deps, "Training starts a process")) return;
    const runs = (await deps.runs()).filter(hasOwnFile);
    if (runs.length === 0) {
      deps.inform("There is no run yet whose values could be changed.");
      return;
    }
    const run = await chooseRun(target, runs, (all) =>
      deps.pickRun(all, "Change values of which run?"),
    );
    if (run === undefined) return;
    const file = await experimentToRun(deps, run, "Change It as It Is Now");
    if (file === undefined) return;
    const { set = [] } = run.record;
    const changes = await deps.changeValues(`Re-run ${run.name}`, file, set);
    if (changes !== undefined) await deps.train(file, withChanges(set, changes));
  },
};
