import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { chooseRun } from "../runs/run-argument.ts";

type Deps = Pick<Host, "runs" | "pickRun" | "stop" | "stopPreparation" | "inform">;

export const stopRun: Command<Deps> = {
  id: "normlens.stopRun",
  async run(deps, target) {
    if (target === undefined && deps.stopPreparation()) return;
    const running = (await deps.runs()).filter((run) => run.status === "running");
    if (running.length === 0) {
      deps.inform("No run is in progress.");
      return;
    }
    const run = await chooseRun(target, running, async (runs) =>
      runs.length === 1 ? runs[0] : deps.pickRun(runs, "Stop which run?"),
    );
    if (run !== undefined) await deps.stop(run);
  },
};
