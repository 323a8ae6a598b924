import { type Matrix, rowDot } from "./matrix.ts";

/** Below this length a row has no direction that rounding has not made. */
const MIN_LENGTH = 1e-12;

/**
 * xᵢ/‖xᵢ‖₂ for every row, in binary64.
 *
 * A row that holds NaN or ±∞, or is shorter than 1e-12, has no direction: it becomes all NaN.
 */
export function unitRows(x: Matrix): Matrix {
  const { rows, columns } = x;
  const data = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    const length = Math.sqrt(rowDot(x, row, x, row));
    const hasDirection = Number.isFinite(length) && length >= MIN_LENGTH;
    for (let index = row * columns; index < (row + 1) * columns; index += 1) {
      data[index] = hasDirection ? (x.data[index] ?? 0) / length : Number.NaN;
    }
  }
  return { rows, columns, data };
}

/** False for a row that holds a NaN or ±∞. */
export function isFiniteRow(x: Matrix, row: number): boolean {
  for (let index = row * x.columns; index < (row + 1) * x.columns; index += 1) {
    if (!Number.isFinite(x.data[index])) return false;
  }
  return true;
}

/** Rows of `x` that hold finite numbers only; with `z`, those that are finite in both. */
export function finiteRows(x: Matrix, z: Matrix = x): number[] {
  const rows: number[] = [];
  for (let row = 0; row < Math.min(x.rows, z.rows); row += 1) {
    if (isFiniteRow(x, row) && (z === x || isFiniteRow(z, row))) rows.push(row);
  }
  return rows;
}

/** The named rows of `x`, in that order, in binary64. */
export function selectRows(x: Matrix, rows: readonly number[]): Matrix {
  const data = new Float64Array(rows.length * x.columns);
  for (const [index, row] of rows.entries()) {
    data.set(x.data.subarray(row * x.columns, (row + 1) * x.columns), index * x.columns);
  }
  return { rows: rows.length, columns: x.columns, data };
}

/** At most `limit` of `count` row numbers, evenly spread from the first on; all where they fit. */
export function spreadRows(count: number, limit: number): number[] {
  const length = Math.min(count, limit);
  return Array.from({ length }, (_, index) => Math.floor((index * count) / length));
}
