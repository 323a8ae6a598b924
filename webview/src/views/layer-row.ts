import type { LayerRow } from "../../../core/protocol/panel/weights.ts";
import { valueSparkline } from "../charts/value-sparkline.ts";
import {
  isPenalised,
  type LayerGroup,
  nameInGroup,
  stableRank,
  zeroFraction,
} from "../layout/layer-table.ts";
import {
  formatFixed,
  formatPercent,
  formatShape,
  formatShortCount,
  formatSize,
} from "../layout/number-format.ts";
import { element } from "../ui/element.ts";
import { icon } from "../ui/icon.ts";

/** Columns of the layer table; the class names carry width and alignment. */
export const LAYER_COLUMNS: readonly { readonly className: string; readonly title: string }[] = [
  { className: "col-layer", title: "Layer" },
  { className: "col-shape", title: "Shape" },
  { className: "col-values", title: "Values" },
  { className: "col-zero", title: "Zero" },
  { className: "col-norm col-l1", title: "‖w‖₁" },
  { className: "col-norm", title: "‖w‖₂" },
  { className: "col-dead", title: "Dead" },
  { className: "col-rank", title: "St. rank" },
];

/** One tensor; `data-layer` names it. */
export function layerRow(row: LayerRow, isSelected: boolean): HTMLTableRowElement {
  return element(
    "tr",
    {
      className: "layer-row",
      attributes: {
        "data-layer": row.layer,
        "aria-selected": String(isSelected),
        "aria-level": "2",
        tabindex: isSelected ? "0" : "-1",
      },
    },
    element("td", { className: "col-layer", title: row.layer, text: nameInGroup(row.layer) }),
    element("td", {
      className: "col-shape",
      text: formatShape(row.shape),
      title: formatShape(row.shape),
    }),
    ...(row.isPending === true ? pendingCells() : valueCells(row)),
  );
}

function valueCells(row: LayerRow): HTMLTableCellElement[] {
  const rank = stableRank(row.spectrum);
  return [
    element("td", { className: "col-values" }, valueSparkline(row)),
    zeroCell(row),
    element("td", { className: "col-norm col-l1", text: normText(row, row.l1, 1) }),
    element("td", { className: "col-norm", text: normText(row, row.l2, 2) }),
    deadCell(row.deadUnits, row.units),
    element("td", { className: "col-rank", text: rank === undefined ? "" : formatFixed(rank, 1) }),
  ];
}

/** As many cells, empty until the values are read. */
function pendingCells(): HTMLTableCellElement[] {
  const [, , ...values] = LAYER_COLUMNS;
  return values.map(({ className }) => element("td", { className }));
}

/** The head of a group with its totals; pressing it folds the group. */
export function groupRow(
  { name, rows, totals }: LayerGroup,
  isCollapsed: boolean,
): HTMLTableRowElement {
  return element(
    "tr",
    {
      className: "group-row",
      attributes: {
        "data-group": name,
        "aria-expanded": String(!isCollapsed),
        "aria-level": "1",
        tabindex: "-1",
      },
    },
    element(
      "td",
      { className: "col-layer" },
      icon(isCollapsed ? "chevron-right" : "chevron-down"),
      element("span", { className: "group-name", text: name }),
      element("span", { className: "muted", text: String(rows.length) }),
    ),
    element("td", { className: "col-shape", text: formatShortCount(totals.count) }),
    element("td", { className: "col-values" }),
    totals.penalised > 0
      ? zeroBarCell(totals.zeros / totals.penalised)
      : element("td", { className: "col-zero muted", text: "not penalised" }),
    element("td", { className: "col-norm col-l1", text: formatFixed(totals.l1, 1) }),
    element("td", { className: "col-norm", text: formatFixed(totals.l2, 2) }),
    element("td", { className: "col-dead" }),
    element("td", { className: "col-rank" }),
  );
}

function normText(row: LayerRow, value: number, digits: number): string {
  if (row.nonFinite > 0) return "NaN";
  const isTiny = value !== 0 && value < 0.5 * 10 ** -digits;
  return isTiny || value >= 1e5 ? formatSize(value) : formatFixed(value, digits);
}

/** A tensor without a penalty has no reason to hold zeros: saying 0% would read as a failure. */
function zeroCell(row: LayerRow): HTMLTableCellElement {
  return isPenalised(row) || row.zeros > 0
    ? zeroBarCell(zeroFraction(row))
    : element("td", { className: "col-zero muted", text: "not penalised" });
}

function zeroBarCell(fraction: number): HTMLTableCellElement {
  const bar = element("span", { className: "zero-bar-value" });
  bar.style.width = `${Math.min(1, Math.max(0, fraction)) * 100}%`;
  return element(
    "td",
    { className: "col-zero" },
    element("span", { className: "zero-bar", attributes: { "aria-hidden": "true" } }, bar),
    element("span", { className: "zero-text", text: formatPercent(fraction) }),
  );
}

function deadCell(dead: number | undefined, units: number | undefined): HTMLTableCellElement {
  if (dead === undefined || units === undefined) return element("td", { className: "col-dead" });
  return element("td", {
    className: dead > 0 ? "col-dead tone-warning" : "col-dead muted",
    text: dead > 0 ? `${dead} / ${units}` : "0",
  });
}
