import { formatCount } from "../../layout/number-format.ts";
import type { LayerColumn } from "./layer-column.ts";

export const deadColumn: LayerColumn = {
  id: "dead",
  title: "Dead",
  hint: "Outputs whose incoming weights are all exactly zero",
  width: 76,
  rank: 2,
  cell: ({ deadUnits, units }) => {
    if (deadUnits === undefined || units === undefined) return "";
    return deadUnits > 0
      ? { content: `${deadUnits} / ${units}`, className: "tone-warning" }
      : { content: "0", className: "muted" };
  },
  groupCell: ({ totals }) => (totals.deadUnits > 0 ? formatCount(totals.deadUnits) : ""),
  sortKey: ({ deadUnits }) => deadUnits,
};
