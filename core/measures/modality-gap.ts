import type { Matrix } from "./matrix.ts";
import { finiteRows, unitRows } from "./unit-rows.ts";

/**
 * ‖mean x̂ − mean ẑ‖₂ with x̂ = x/‖x‖, in [0, 2].
 *
 * Shapes [n, d] and [m, d]; rows need not be paired. Rows without a direction are left out; a side
 * with none left gives NaN.
 *
 * @throws {RangeError} If the dimensions differ.
 * @see Liang et al. 2022, "Mind the Gap", arXiv:2203.02053, section 2.
 */
export function modalityGap(x: Matrix, z: Matrix): number {
  if (x.columns !== z.columns) {
    throw new RangeError(`Cannot compare dimension ${x.columns} with dimension ${z.columns}`);
  }
  const [left, right] = [meanDirection(x), meanDirection(z)];
  return Math.sqrt(left.reduce((sum, value, k) => sum + (value - (right[k] ?? 0)) ** 2, 0));
}

function meanDirection(x: Matrix): Float64Array {
  const unit = unitRows(x);
  const rows = finiteRows(unit);
  const mean = new Float64Array(x.columns);
  for (const row of rows) {
    for (let k = 0; k < x.columns; k += 1) {
      mean[k] = (mean[k] ?? 0) + (unit.data[row * x.columns + k] ?? 0);
    }
  }
  return mean.map((sum) => sum / rows.length);
}
