import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { chooseRun } from "../runs/run-argument.ts";

type Deps = Pick<Host, "runs" | "pickRun" | "experimentText" | "copyText" | "inform">;

/** Copies the experiment as it ran: the run's own copy, with the values that were set for it. */
export const copyExperiment: Command<Deps> = {
  id: "normlens.copyExperiment",
  async run(deps, target) {
    const run = await chooseRun(target, await deps.runs(), (runs) =>
      deps.pickRun(runs, "Copy the experiment of which run?"),
    );
    if (run === undefined) return;
    await deps.copyText(await deps.experimentText(run));
    const { set = [] } = run.record;
    const values = set.length === 0 ? "" : `, with ${set.join(", ")} in place`;
    deps.inform(`Copied the experiment of “${run.name}”${values}.`);
  },
};
