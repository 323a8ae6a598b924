import type { Matrix } from "../../../core/measures/matrix.ts";
import type { Dense } from "../linear-algebra/products.ts";

/** ‖xᵢ − yⱼ‖² of rows of equal length, by differences, so that close rows lose no digits. */
export function squaredDistance(x: Matrix, i: number, y: Matrix, j: number): number {
  let sum = 0;
  for (let k = 0, a = i * x.columns, b = j * x.columns; k < x.columns; k += 1, a += 1, b += 1) {
    sum += ((x.data[a] ?? 0) - (y.data[b] ?? 0)) ** 2;
  }
  return sum;
}

/** {@link squaredDistance} of all rows of x [n, d] with all rows of y [m, d]: [n, m]. */
export function squaredDistances(x: Matrix, y: Matrix): Dense {
  const data = new Float64Array(x.rows * y.rows);
  for (let i = 0; i < x.rows; i += 1) {
    for (let j = 0; j < y.rows; j += 1) {
      data[i * y.rows + j] = squaredDistance(x, i, y, j);
    }
  }
  return { rows: x.rows, columns: y.rows, data };
}

/** The same numbers over their mean; all zeros stay so. */
export function overMean(matrix: Dense): Dense {
  const mean = matrix.data.reduce((sum, value) => sum + value, 0) / matrix.data.length;
  return mean > 0 ? { ...matrix, data: matrix.data.map((value) => value / mean) } : matrix;
}
