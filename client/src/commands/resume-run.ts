import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { mayStart } from "../may-start.ts";
import { chooseRun } from "../runs/run-argument.ts";

type Deps = Pick<Host, "isTrusted" | "runs" | "pickRun" | "resume" | "inform">;

/** Statuses of runs that ended before their training did. */
const INTERRUPTED: readonly string[] = ["cancelled", "failed", "lost"];

export const resumeRun: Command<Deps> = {
  id: "normlens.resumeRun",
  async run(deps, target) {
    if (!mayStart(deps, "Training starts a process")) return;
    const interrupted = (await deps.runs()).filter((run) => INTERRUPTED.includes(run.status));
    if (interrupted.length === 0) {
      deps.inform("No run was interrupted: there is nothing to resume.");
      return;
    }
    const run = await chooseRun(target, interrupted, (runs) =>
      deps.pickRun(runs, "Resume which run?"),
    );
    if (run !== undefined) await deps.resume(run);
  },
};
