import { type AlignedCell, alignSeries } from "./align-series.ts";
import type { Figure } from "./figure.ts";
import { formatCount, formatFixed } from "./number-format.ts";
import type { XScale } from "./x-axis.ts";

/** A figure as rows of text: the twin of the picture. */
export interface FigureTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Rows that were measured; `rows` may hold an even selection of them. */
  readonly total: number;
}

/**
 * At most `limit` rows, evenly chosen, the first and the last always among them. Up to half of them
 * are rows of the column that was measured most rarely, such as validation.
 */
export function figureTable(figure: Figure, x: XScale, limit: number): FigureTable {
  const { x: at, columns } = alignSeries(figure.labels.map((label) => label.values));
  const indices = chosenRows(at.length, columns, limit);
  const rows = indices.map((index) => [
    x.axis === "step" ? formatCount(at[index] ?? 0) : formatFixed(at[index] ?? 0, 2),
    ...figure.labels.map((label, column) => {
      const value = columns[column]?.[index];
      if (value === undefined) return "";
      return value === null ? "NaN" : label.format(value);
    }),
  ]);
  const first = { step: "Step", epoch: "Epoch", time: "Seconds" }[x.axis];
  return { columns: [first, ...figure.labels.map((label) => label.name)], rows, total: at.length };
}

/** Tab-separated text for a spreadsheet: full precision, plain minus signs, no thin spaces. */
export function figureText(figure: Figure, x: XScale): string {
  const { x: at, columns } = alignSeries(figure.labels.map((label) => label.values));
  const head = [x.axis, ...figure.labels.map((label) => label.name)].join("\t");
  const rows = Array.from(at, (value, index) =>
    [
      String(value),
      ...columns.map((column) => {
        const cell = column[index];
        return cell === undefined ? "" : String(cell ?? "NaN");
      }),
    ].join("\t"),
  );
  return [head, ...rows, ""].join("\n");
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
