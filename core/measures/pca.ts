import { gram } from "./gram.ts";
import type { Matrix } from "./matrix.ts";
import { type TopEigen, topEigen } from "./top-eigen.ts";
import { finiteRows, spreadRows } from "./unit-rows.ts";
import { dot } from "./vector.ts";

export interface Projection {
  /** x0, y0, x1, y1, …: each row on the two main axes; NaN for a row that is not finite. */
  readonly xy: Float64Array;
  /** Share of the total variance along each axis, 0..1. */
  readonly explained: readonly [number, number];
}

/** Beyond this many rows the axes are estimated from an even choice of so many. */
const MAX_FITTED_ROWS = 5000;
const COLUMN_BLOCK = 64;

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
  const mean = meanOf(x, rows);
  const fitted = spreadRows(rows.length, MAX_FITTED_ROWS).map((index) => rows[index] ?? 0);
  const [first, second] = mainAxes(centredColumns(x, mean, fitted));

  const xy = new Float64Array(2 * x.rows).fill(Number.NaN);
  let [total, alongFirst, alongSecond] = [0, 0, 0];
  for (const row of rows) {
    let [a, b] = [0, 0];
    for (let k = 0, index = row * x.columns; k < x.columns; k += 1, index += 1) {
      const value = (x.data[index] ?? 0) - (mean[k] ?? 0);
      a += value * (first?.[k] ?? 0);
      b += value * (second?.[k] ?? 0);
      total += value * value;
    }
    xy[2 * row] = a;
    xy[2 * row + 1] = b;
    alongFirst += a * a;
    alongSecond += b * b;
  }
  return { xy, explained: [share(alongFirst, total), share(alongSecond, total)] };
}

function meanOf(x: Matrix, rows: readonly number[]): Float64Array {
  const mean = new Float64Array(x.columns);
  for (const row of rows) {
    for (let k = 0, index = row * x.columns; k < x.columns; k += 1, index += 1) {
      mean[k] = (mean[k] ?? 0) + (x.data[index] ?? 0);
    }
  }
  return mean.map((sum) => sum / rows.length);
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

function centredColumns(x: Matrix, mean: Float64Array, rows: readonly number[]): Float64Array[] {
  const columns = Array.from(mean, () => new Float64Array(rows.length));
  // A block of rows at a time stays in the cache while its columns are read.
  for (let from = 0; from < rows.length; from += COLUMN_BLOCK) {
    const end = Math.min(rows.length, from + COLUMN_BLOCK);
    for (const [k, column] of columns.entries()) {
      const centre = mean[k] ?? 0;
      for (let index = from; index < end; index += 1) {
        column[index] = (x.data[(rows[index] ?? 0) * x.columns + k] ?? 0) - centre;
      }
    }
  }
  return columns;
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

function share(along: number, total: number): number {
  return total === 0 ? 0 : along / total;
}
