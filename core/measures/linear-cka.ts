import type { Matrix } from "./matrix.ts";
import { finiteRows } from "./unit-rows.ts";

/**
 * Linear centred kernel alignment ‖ZᵀX‖²_F/(‖XᵀX‖_F·‖ZᵀZ‖_F) of centred columns, in [0, 1].
 *
 * `x` [n, d] and `z` [n, e] are paired by row; their widths may differ. 1 where one is a rotated and
 * scaled copy of the other, and it does not depend on either. Rows that are not finite on one side are
 * left out; NaN where fewer than two are left or a side is constant, as nothing can be compared then.
 * With fewer rows than columns it is computed from the n × n products of rows, which gives the same.
 *
 * @throws {RangeError} If the numbers of rows differ.
 * @see Kornblith et al. 2019, arXiv:1905.00414, eq. (5) and section 4.
 */
export function linearCka(x: Matrix, z: Matrix): number {
  if (x.rows !== z.rows) throw new RangeError(`Cannot pair ${x.rows} rows with ${z.rows} rows`);
  const rows = finiteRows(x, z);
  const [left, right] = [centredColumns(x, rows), centredColumns(z, rows)];
  if (left === undefined || right === undefined) return Number.NaN;
  const hasFewRows = rows.length < Math.max(x.columns, z.columns);
  const shared = hasFewRows
    ? productOfGrams(left, right, rows.length)
    : squaredCrossNorm(left, right);
  const own = (side: readonly Float64Array[]) =>
    hasFewRows ? productOfGrams(side, side, rows.length) : squaredCrossNorm(side, side);
  return shared / Math.sqrt(own(left) * own(right));
}

/** Centred columns, one array each; `undefined` where all are constant. */
function centredColumns(x: Matrix, rows: readonly number[]): Float64Array[] | undefined {
  let varies = false;
  const columns = Array.from({ length: x.columns }, (_, k) => {
    const column = Float64Array.from(rows, (row) => x.data[row * x.columns + k] ?? 0);
    // Compared as they are: rounding of the mean may leave a constant column at 1e-17.
    if (!column.some((value) => value !== column[0])) return column.fill(0);
    varies = true;
    const mean = column.reduce((sum, value) => sum + value, 0) / rows.length;
    return column.map((value) => value - mean);
  });
  return varies ? columns : undefined;
}

/** ‖ZᵀX‖²_F = Σⱼₖ (zⱼ·xₖ)² over columns. */
function squaredCrossNorm(left: readonly Float64Array[], right: readonly Float64Array[]): number {
  let sum = 0;
  for (const a of left) {
    for (const b of right) {
      let product = 0;
      for (let row = 0; row < a.length; row += 1) product += (a[row] ?? 0) * (b[row] ?? 0);
      sum += product * product;
    }
  }
  return sum;
}

/** ⟨XXᵀ, ZZᵀ⟩, which is the same number. */
function productOfGrams(
  left: readonly Float64Array[],
  right: readonly Float64Array[],
  rows: number,
): number {
  let sum = 0;
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < rows; j += 1) sum += gramEntry(left, i, j) * gramEntry(right, i, j);
  }
  return sum;
}

function gramEntry(columns: readonly Float64Array[], i: number, j: number): number {
  let sum = 0;
  for (const column of columns) sum += (column[i] ?? 0) * (column[j] ?? 0);
  return sum;
}
