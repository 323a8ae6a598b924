import type { LayerRow } from "../../../../core/protocol/panel/weights.ts";
import { conditionText, stableRank } from "../../layout/layer-table.ts";
import { formatFixed } from "../../layout/number-format.ts";
import type { LayerColumn } from "./layer-column.ts";

export const stableRankColumn: LayerColumn = {
  id: "rank",
  title: "St. rank",
  hint: "Stable rank: sum of squared singular values over the largest one squared",
  width: 76,
  rank: 6,
  isOptional: true,
  cell: ({ spectrum }) => {
    const rank = stableRank(spectrum);
    return rank === undefined ? "" : formatFixed(rank, 1);
  },
  sortKey: ({ spectrum }) => stableRank(spectrum),
};

export const conditionColumn: LayerColumn = {
  id: "condition",
  title: "Cond.",
  hint: "Condition number: largest singular value over the smallest; ∞ where the rank is not full",
  width: 68,
  rank: 8,
  isOptional: true,
  cell: (row) => {
    const text = conditionText(row);
    if (text === undefined) return "";
    return { content: text, title: `Rank ${row.rank} of ${row.spectrum?.length ?? 0}` };
  },
  sortKey: conditionKey,
};

function conditionKey({ rank, condition }: LayerRow): number | undefined {
  return rank === undefined ? undefined : (condition ?? Number.POSITIVE_INFINITY);
}
