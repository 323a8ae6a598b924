import { gram } from "./gram.ts";
import type { Matrix } from "./matrix.ts";
import { type TopEigen, topEigen } from "./top-eigen.ts";
import { finiteRows, spreadRows } from "./unit-rows.ts";
import { addScaled, dot } from "./vector.ts";

export interface Projection {
  /** x0, y0, x1, y1, …: each row on the two main axes; NaN for a row that is not finite. */
  readonly xy: Float64Array;
  /** Share of the total variance along each axis, 0..1. */
  readonly explained: readonly [number, number];
}

/** Beyond this many rows the axes are estimated from an even choice of so many. */
const MAX_FITTED_ROWS = 5000;

/**
 * Two-dimensional principal component analysis: rows minus their mean, on the two directions of
 * greatest variance.
 *
 * Shape [n, d]. The mean and the axes come from the finite rows. Each axis is turned so that its
 * loading of greatest magnitude is positive, which makes the picture repeatable. An axis without
 * variance gives coordinates 0. Costs min(n, d)²·max(n, d) operations for the up to 5000 rows that the
 * axes are fitted to; all rows are projected, and the shares are those of all rows.
 *
 * @see Jolliffe 2002, "Principal Component Analysis", section 1.1.
 */
export function pca(x: Matrix): Projection {
  const rows = finiteRows(x);
  const columns = centredColumns(x, rows);
  const fitted = spreadRows(rows.length, MAX_FITTED_ROWS);
  const axes = mainAxes(
    fitted.length === rows.length ? columns : columns.map((column) => entriesAt(column, fitted)),
  );

  const scores = axes.map((axis) => weightedSum(columns, axis, rows.length));
  const xy = new Float64Array(2 * x.rows).fill(Number.NaN);
  for (const [index, row] of rows.entries()) {
    xy[2 * row] = scores[0]?.[index] ?? 0;
    xy[2 * row + 1] = scores[1]?.[index] ?? 0;
  }
  const total = columns.reduce((sum, column) => sum + dot(column, column), 0);
  return { xy, explained: [share(scores[0], total), share(scores[1], total)] };
}

/** Up to two directions in which centred columns, one a feature, vary most. */
function mainAxes(columns: readonly Float64Array[]): Float64Array[] {
  const rows = columns[0]?.length ?? 0;
  // The smaller of both Gram matrices has the same non-zero eigenvalues as the larger one.
  const isWide = columns.length > rows;
  const vectors = isWide ? transposed(columns, rows) : columns;
  const top = topEigen(gram(vectors), vectors.length);
  return (isWide ? dualAxes(top, columns) : top.vectors).map(withPositiveLargest);
}

function centredColumns(x: Matrix, rows: readonly number[]): Float64Array[] {
  return Array.from({ length: x.columns }, (_, k) => {
    const column = new Float64Array(rows.length);
    let sum = 0;
    for (let index = 0; index < rows.length; index += 1) {
      const value = x.data[(rows[index] ?? 0) * x.columns + k] ?? 0;
      column[index] = value;
      sum += value;
    }
    const mean = sum / rows.length;
    for (let index = 0; index < rows.length; index += 1)
      column[index] = (column[index] ?? 0) - mean;
    return column;
  });
}

function entriesAt(column: Float64Array, rows: readonly number[]): Float64Array {
  const entries = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index += 1) {
    entries[index] = column[rows[index] ?? 0] ?? 0;
  }
  return entries;
}

function transposed(columns: readonly Float64Array[], rows: number): Float64Array[] {
  return Array.from({ length: rows }, (_, row) =>
    Float64Array.from(columns, (column) => column[row] ?? 0),
  );
}

/** XXᵀu = λu makes Xᵀu/√λ an axis. */
function dualAxes({ values, vectors }: TopEigen, columns: readonly Float64Array[]): Float64Array[] {
  return vectors.map((vector, index) => {
    const length = Math.sqrt(Math.max(0, values[index] ?? 0));
    return Float64Array.from(columns, (column) => {
      return length === 0 ? 0 : dot(vector, column) / length;
    });
  });
}

function withPositiveLargest(axis: Float64Array): Float64Array {
  const largest = axis.reduce(
    (best, value) => (Math.abs(value) > Math.abs(best) ? value : best),
    0,
  );
  return largest < 0 ? axis.map((value) => -value) : axis;
}

function weightedSum(
  columns: readonly Float64Array[],
  weights: Float64Array,
  length: number,
): Float64Array {
  const sum = new Float64Array(length);
  for (const [k, column] of columns.entries()) addScaled(sum, column, weights[k] ?? 0);
  return sum;
}

function share(scores: Float64Array | undefined, total: number): number {
  return scores === undefined || total === 0 ? 0 : dot(scores, scores) / total;
}
