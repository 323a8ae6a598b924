import { type AlignedCell, alignSeries, readable } from "./align-series.ts";
import type { Figure } from "./figure.ts";
import { formatCount, formatFixed, formatPercent } from "./number-format.ts";
import { type TableContent, tabSeparated } from "./table-content.ts";
import type { XScale } from "./x-axis.ts";

/** Rows that are shown; copying gives all of them. */
const TABLE_ROWS = 200;

/**
 * The table that is a figure's twin, one column for each of its labels: at most `limit` rows, evenly
 * chosen, the first and the last always among them. Up to half of them are rows of the column that
 * was measured most rarely, such as validation.
 */
export function figureTable(figure: Figure, x: XScale, limit = TABLE_ROWS): TableContent {
  const { x: at, columns } = alignSeries(figure.labels.map((label) => readable(label.values)));
  const indices = chosenRows(at.length, columns, limit);
  const names = figure.labels.map((label) => label.name);
  const rows = indices.map((index) => [
    placeText(x, at[index] ?? 0),
    ...figure.labels.map((label, column) => {
      const value = columns[column]?.[index];
      if (value === undefined) return "";
      return value === null ? "NaN" : label.format(value);
    }),
  ]);
  const first = { step: "Step", epoch: "Epoch", time: "Seconds", pruned: "Pruned" }[x.axis];
  return {
    caption: figure.title,
    columns: [first, ...names],
    rows,
    note: noteOf(figure, rows.length, at.length),
    copy: () =>
      tabSeparated([
        [x.axis, ...names],
        ...Array.from(at, (value, index) => [
          value,
          ...columns.map((cells) => plain(cells[index])),
        ]),
      ]),
  };
}

function placeText({ axis }: XScale, place: number): string {
  if (axis === "step") return formatCount(place);
  return axis === "pruned" ? formatPercent(place, 0) : formatFixed(place, 2);
}

/** Of a long curve only what is drawn is here, and copied. */
function noteOf({ labels }: Figure, rows: number, held: number): string {
  const totals = labels.map(({ values }) => values.total ?? 0);
  const logged = Math.max(held, ...totals);
  const shown = `${formatCount(rows)} of ${formatCount(logged)} rows`;
  return logged > held
    ? `${shown}; copying gives ${formatCount(held)}, more where zoomed in`
    : shown;
}

function plain(cell: AlignedCell): string | number {
  return cell === undefined ? "" : (cell ?? "NaN");
}

function chosenRows(
  length: number,
  columns: readonly (readonly AlignedCell[])[],
  limit: number,
): number[] {
  if (length <= limit) return evenlyChosen(length, limit);
  const measured = columns.map((column) =>
    [...column.keys()].filter((index) => column[index] !== undefined),
  );
  const rarest = measured.reduce<readonly number[]>(
    (best, rows) => (rows.length > 0 && rows.length < best.length ? rows : best),
    Array.from({ length }, (_, index) => index),
  );
  const kept = evenlyChosen(rarest.length, limit >> 1).map((index) => rarest[index] ?? 0);
  const even = evenlyChosen(length, limit - kept.length);
  return [...new Set([...kept, ...even])].sort((a, b) => a - b);
}

function evenlyChosen(length: number, limit: number): number[] {
  if (length <= limit) return Array.from({ length }, (_, index) => index);
  return Array.from({ length: limit }, (_, index) =>
    Math.round((index * (length - 1)) / Math.max(1, limit - 1)),
  );
}
