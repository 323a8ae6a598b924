import type { Command } from "../command.ts";
import type { Host } from "../host.ts";
import { SORTING_LABELS, SORTINGS } from "../runs/runs-arrangement.ts";

export const sortRuns: Command<Pick<Host, "arrangement" | "arrange" | "pickOption">> = {
  id: "normlens.sortRuns",
  async run({ arrangement, arrange, pickOption }) {
    const current = arrangement().sort;
    const labels = SORTINGS.map((sort) => SORTING_LABELS[sort]);
    const picked = await pickOption("Sort Runs By", labels, SORTING_LABELS[current]);
    const sort = SORTINGS.find((name) => SORTING_LABELS[name] === picked);
    if (sort !== undefined) await arrange({ sort });
  },
};
