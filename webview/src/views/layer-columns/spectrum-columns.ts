import { stableRank } from "../../layout/layer-table.ts";
import { formatFixed } from "../../layout/number-format.ts";
import type { LayerColumn } from "./layer-column.ts";

export const stableRankColumn: LayerColumn = {
  id: "rank",
  title: "St. rank",
  hint: "Stable rank: sum of squared singular values over the largest one squared",
  width: 72,
  rank: 6,
  cell: ({ spectrum }) => {
    const rank = stableRank(spectrum);
    return rank === undefined ? "" : formatFixed(rank, 1);
  },
  sortKey: ({ spectrum }) => stableRank(spectrum),
};
