import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { chooseRun } from "../runs/run-argument.ts";

type Deps = Pick<Host, "runs" | "pickRun" | "pickRuns" | "compare" | "inform">;

/** Compares a run with others that the user picks; those of its experiment are offered first. */
export const compareWith: Command<Deps> = {
  id: "normlens.compareWith",
  async run(deps, target) {
    const runs = await deps.runs();
    if (runs.length < 2) {
      deps.inform("There are no two runs yet that could be compared.");
      return;
    }
    const run = await chooseRun(target, runs, (all) => deps.pickRun(all, "Compare which run?"));
    if (run === undefined) return;
    const others = runs.filter(({ folder }) => folder !== run.folder);
    const isRelated = (other: (typeof runs)[number]) => other.record.spec === run.record.spec;
    const offered = [...others.filter(isRelated), ...others.filter((other) => !isRelated(other))];
    const chosen = await deps.pickRuns(offered, `Compare “${run.name}” with`, []);
    if (chosen === undefined || chosen.length === 0) return;
    await deps.compare([run.folder, ...chosen.map(({ folder }) => folder)]);
  },
};
