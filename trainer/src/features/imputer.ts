import type { Matrix } from "../../../core/measures/matrix.ts";

/** What takes the place of a missing value. */
export type ImputerStatistic = "mean" | "median";

/**
 * The value that stands in for missing ones, by column: the mean or the median of `rows`.
 *
 * NaN where no row of `rows` has a value. The median of an even count is the mean of the middle two.
 */
export function fitImputer(
  { columns, data }: Matrix,
  rows: Int32Array,
  statistic: ImputerStatistic,
): Float64Array {
  return Float64Array.from({ length: columns }, (_, column) => {
    const values = Float64Array.from(rows, (row) => data[row * columns + column] ?? Number.NaN);
    const known = values.filter((value) => !Number.isNaN(value));
    return statistic === "mean" ? meanOf(known) : medianOf(known);
  });
}

/** The numbers with `fill` of their column where they are missing. */
export function applyImputer(fill: Float64Array, { columns, data }: Matrix): Float64Array {
  return Float64Array.from(data, (value, index) =>
    Number.isNaN(value) ? (fill[index % columns] ?? Number.NaN) : value,
  );
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function medianOf(values: Float64Array): number {
  const sorted = values.toSorted();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
