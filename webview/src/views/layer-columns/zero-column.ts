import type { LayerRow } from "../../../../core/protocol/panel/weights.ts";
import { isPenalised, zeroFraction } from "../../layout/layer-table.ts";
import { formatPercent } from "../../layout/number-format.ts";
import { element } from "../../ui/element.ts";
import type { Cell, LayerColumn } from "./layer-column.ts";

/** A tensor without a penalty has no reason to hold zeros: saying 0% would read as a failure. */
const NOT_PENALISED: Cell = { content: "not penalised", className: "muted" };

export const zeroColumn: LayerColumn = zeroColumnBeside(() => undefined);

/** The zero share, with a tick where that of another run stands. */
export function zeroColumnBeside(
  otherFraction: (row: LayerRow) => number | undefined,
): LayerColumn {
  return {
    id: "zero",
    title: "Zero",
    hint: "Share of values that are exactly zero; of a group, among its penalised values",
    width: 136,
    rank: 0,
    isLeft: true,
    cell: (row) =>
      isPenalised(row) || row.zeros > 0
        ? zeroBar(zeroFraction(row), otherFraction(row))
        : NOT_PENALISED,
    groupCell: ({ totals }) =>
      totals.penalised > 0 ? zeroBar(totals.zeros / totals.penalised, undefined) : NOT_PENALISED,
    sortKey: zeroFraction,
  };
}

function zeroBar(fraction: number, other: number | undefined): Cell {
  const bar = element("span", { className: "zero-bar-value" });
  bar.style.width = widthOf(fraction);
  const tick = element("span", { className: "zero-bar-tick" });
  tick.style.left = widthOf(other ?? 0);
  const text = formatPercent(fraction);
  return {
    content: [
      element(
        "span",
        { className: "zero-bar", attributes: { "aria-hidden": "true" } },
        bar,
        ...(other === undefined ? [] : [tick]),
      ),
      element("span", { className: "zero-text", text }),
    ],
    ...(other === undefined ? {} : { title: `${text}, other run ${formatPercent(other)}` }),
  };
}

function widthOf(fraction: number): string {
  return `${Math.min(1, Math.max(0, fraction || 0)) * 100}%`;
}
