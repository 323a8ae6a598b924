import { checkPaired } from "./cosine.ts";
import type { Matrix } from "./matrix.ts";
import { finiteRows, unitRows } from "./unit-rows.ts";

/**
 * mean ‖x̂ᵢ − ẑᵢ‖² over the pairs, x̂ = x/‖x‖, in [0, 4]; 0 is perfect.
 *
 * Both shapes are [n, d]. Pairs with a side that has no direction are left out; none left gives NaN.
 *
 * @throws {RangeError} If the shapes differ.
 * @see Wang & Isola 2020, arXiv:2005.10242, eq. (1) with α = 2.
 */
export function alignment(x: Matrix, z: Matrix): number {
  checkPaired(x, z);
  const [left, right] = [unitRows(x), unitRows(z)];
  const rows = finiteRows(left, right);
  let sum = 0;
  for (const row of rows) {
    for (let index = row * x.columns; index < (row + 1) * x.columns; index += 1) {
      sum += ((left.data[index] ?? 0) - (right.data[index] ?? 0)) ** 2;
    }
  }
  return sum / rows.length;
}
