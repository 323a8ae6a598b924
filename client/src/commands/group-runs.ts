import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { GROUPING_LABELS, GROUPINGS } from "../runs/runs-arrangement.ts";

export const groupRuns: Command<Pick<Host, "arrangement" | "arrange" | "pickOption">> = {
  id: "normlens.groupRuns",
  async run({ arrangement, arrange, pickOption }) {
    const current = arrangement().group;
    const labels = GROUPINGS.map((group) => GROUPING_LABELS[group]);
    const picked = await pickOption("Group Runs By", labels, GROUPING_LABELS[current]);
    const group = GROUPINGS.find((name) => GROUPING_LABELS[name] === picked);
    if (group !== undefined) await arrange({ group });
  },
};
