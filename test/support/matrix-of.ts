import type { Matrix } from "../../core/measures/matrix.ts";

/**
 * The same numbers with a shape.
 *
 * @throws {RangeError} If `data` is not of `rows · columns` numbers.
 */
export function matrixOf(rows: number, columns: number, data: Float32Array | Float64Array): Matrix {
  if (data.length !== rows * columns) {
    throw new RangeError(`Cannot view ${data.length} numbers as a matrix [${rows}, ${columns}]`);
  }
  return { rows, columns, data };
}
