import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { chooseRuns } from "../runs/run-argument.ts";

type Deps = Pick<Host, "runs" | "pickRuns" | "compare" | "inform">;

/** Compares the selected runs, or those that the user picks. */
export const compareRuns: Command<Deps> = {
  id: "normlens.compareRuns",
  async run(deps, target, selection) {
    const runs = await deps.runs();
    if (runs.length < 2) {
      deps.inform("There are no two runs yet that could be compared.");
      return;
    }
    const selected = await chooseRuns({ target, selection }, runs, async () => undefined);
    const chosen =
      selected.length > 1 ? selected : await deps.pickRuns(runs, "Compare which runs?", selected);
    if (chosen === undefined) return; // The user pressed Escape.
    if (chosen.length > 1) await deps.compare(chosen.map(({ folder }) => folder));
    else deps.inform("One run alone cannot be compared. Pick another one as well.");
  },
};
