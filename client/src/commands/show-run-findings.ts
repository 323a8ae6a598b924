import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { chooseRun } from "../runs/run-argument.ts";

type Deps = Pick<
  Host,
  "runs" | "pickRun" | "findingsOfRun" | "pickFinding" | "showFinding" | "inform"
>;

/** Lists what was found when a run was launched, and goes to the line of one. */
export const showRunFindings: Command<Deps> = {
  id: "normlens.showRunFindings",
  async run(deps, target) {
    const runs = await deps.runs();
    const run = await chooseRun(target, runs, (all) => deps.pickRun(all, "Findings of which run?"));
    if (run === undefined) return;
    const findings = await deps.findingsOfRun(run.folder);
    if (findings === undefined) {
      deps.inform(
        `What was found when ${run.name} was launched is not known: the workspace was not checked.`,
      );
      return;
    }
    if (findings.length === 0) {
      deps.inform(`Nothing was found when ${run.name} was launched.`);
      return;
    }
    const chosen = await deps.pickFinding(`Findings when ${run.name} was launched`, findings);
    if (chosen !== undefined) await deps.showFinding(run, chosen);
  },
};
