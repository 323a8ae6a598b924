import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { withoutBaseline } from "../runs/baseline-changes.ts";
import { chooseRun } from "../runs/run-argument.ts";

export const clearBaseline: Command<Pick<Host, "runs" | "pickRun" | "writeNotes" | "inform">> = {
  id: "normlens.clearBaseline",
  async run(deps, target) {
    const baselines = (await deps.runs()).filter(({ notes }) => notes.baseline === true);
    if (baselines.length === 0) {
      deps.inform("No run is the baseline.");
      return;
    }
    const run = await chooseRun(target, baselines, async (runs) =>
      runs.length === 1 ? runs[0] : deps.pickRun(runs, "Which run is no longer the baseline?"),
    );
    if (run === undefined) return;
    const { folder, notes } = withoutBaseline(run);
    await deps.writeNotes(folder, notes);
  },
};
