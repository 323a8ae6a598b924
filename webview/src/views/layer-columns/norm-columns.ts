import type { LayerRow } from "../../../../core/protocol/panel/weights.ts";
import { formatFixed, formatSize } from "../../layout/number-format.ts";
import type { LayerColumn } from "./layer-column.ts";

export const l1Column: LayerColumn = {
  id: "l1",
  title: "‖w‖₁",
  hint: "Sum of |w|",
  width: 72,
  rank: 7,
  cell: (row) => normText(row, row.l1, 1),
  groupCell: ({ totals }) => formatFixed(totals.l1, 1),
  sortKey: ({ l1 }) => l1,
};

export const l2Column: LayerColumn = {
  id: "l2",
  title: "‖w‖₂",
  hint: "Root of the sum of w²; of a group, of all its values together",
  width: 68,
  rank: 3,
  cell: (row) => normText(row, row.l2, 2),
  groupCell: ({ totals }) => formatFixed(totals.l2, 2),
  sortKey: ({ l2 }) => l2,
};

function normText(row: LayerRow, value: number, digits: number): string {
  if (row.nonFinite > 0) return "NaN";
  const isTiny = value !== 0 && value < 0.5 * 10 ** -digits;
  return isTiny || value >= 1e5 ? formatSize(value) : formatFixed(value, digits);
}
