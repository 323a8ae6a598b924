import { isPenalised, zeroFraction } from "../../layout/layer-table.ts";
import { formatPercent } from "../../layout/number-format.ts";
import { element } from "../../ui/element.ts";
import type { Cell, LayerColumn } from "./layer-column.ts";

/** A tensor without a penalty has no reason to hold zeros: saying 0% would read as a failure. */
const NOT_PENALISED: Cell = { content: "not penalised", className: "muted" };

export const zeroColumn: LayerColumn = {
  id: "zero",
  title: "Zero",
  hint: "Share of values that are exactly zero; of a group, among its penalised values",
  width: 136,
  rank: 0,
  isLeft: true,
  cell: (row) => (isPenalised(row) || row.zeros > 0 ? zeroBar(zeroFraction(row)) : NOT_PENALISED),
  groupCell: ({ totals }) =>
    totals.penalised > 0 ? zeroBar(totals.zeros / totals.penalised) : NOT_PENALISED,
  sortKey: zeroFraction,
};

function zeroBar(fraction: number): Cell {
  const bar = element("span", { className: "zero-bar-value" });
  bar.style.width = `${Math.min(1, Math.max(0, fraction)) * 100}%`;
  return {
    content: [
      element("span", { className: "zero-bar", attributes: { "aria-hidden": "true" } }, bar),
      element("span", { className: "zero-text", text: formatPercent(fraction) }),
    ],
  };
}
