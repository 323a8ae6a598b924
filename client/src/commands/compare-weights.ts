import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { pathOf } from "../path-argument.ts";

type Deps = Pick<Host, "activeWeightFile" | "pickWeightFile" | "compareWeights">;

/** The file that the menu was opened on, against the other one that is selected, or is asked for. */
export const compareWeights: Command<Deps> = {
  id: "normlens.compareWeights",
  async run(deps, target, selection) {
    const file =
      pathOf(target) ?? deps.activeWeightFile() ?? (await deps.pickWeightFile("Compare Weights"));
    if (file === undefined) return;
    const selected = Array.isArray(selection) ? selection.map(pathOf) : [];
    const other = selected.length === 2 ? selected.find((path) => path !== file) : undefined;
    const against = other ?? (await deps.pickWeightFile("Compare with the Weights in"));
    if (against !== undefined) await deps.compareWeights(file, against);
  },
};
