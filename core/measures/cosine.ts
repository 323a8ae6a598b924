import { type Matrix, rowDot } from "./matrix.ts";
import { unitRows } from "./unit-rows.ts";

/**
 * cos(xᵢ, zᵢ) = xᵢ·zᵢ/(‖xᵢ‖‖zᵢ‖), one number in [−1, 1] per pair of rows.
 *
 * NaN where a row of either side has no direction. Both matrices are of shape [n, d].
 *
 * @throws {RangeError} If the shapes differ.
 */
export function pairCosines(x: Matrix, z: Matrix): Float64Array {
  checkPaired(x, z);
  const [left, right] = [unitRows(x), unitRows(z)];
  return Float64Array.from({ length: x.rows }, (_, row) =>
    clampCosine(rowDot(left, row, right, row)),
  );
}

/** Takes back the last rounding error of a dot product of unit vectors. */
function clampCosine(value: number): number {
  return Math.min(1, Math.max(-1, value));
}

/** @throws {RangeError} If the rows of `x` and `z` cannot be pairs of vectors of one space. */
export function checkPaired(x: Matrix, z: Matrix): void {
  if (x.rows !== z.rows || x.columns !== z.columns) {
    throw new RangeError(
      `Cannot pair rows of [${x.rows}, ${x.columns}] with rows of [${z.rows}, ${z.columns}]`,
    );
  }
}
