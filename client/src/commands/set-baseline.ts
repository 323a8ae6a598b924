import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { baselineChanges } from "../runs/baseline-changes.ts";
import { chooseRun } from "../runs/run-argument.ts";

export const setBaseline: Command<Pick<Host, "runs" | "pickRun" | "writeNotes">> = {
  id: "normlens.setBaseline",
  async run(deps, target) {
    const runs = await deps.runs();
    const run = await chooseRun(target, runs, (choices) =>
      deps.pickRun(choices, "Which run is the baseline?"),
    );
    if (run === undefined) return;
    for (const { folder, notes } of baselineChanges(run, runs)) {
      await deps.writeNotes(folder, notes);
    }
  },
};
