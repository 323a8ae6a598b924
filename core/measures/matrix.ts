/** Row-major numbers of shape [rows, columns]; `data` holds `rows · columns` of them. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array | Float64Array;
}

/** xᵢ·zⱼ, row i of `x` with row j of `z`, summed in order in binary64. */
export function rowDot(x: Matrix, i: number, z: Matrix, j: number): number {
  const { columns } = x;
  const [left, right] = [x.data, z.data];
  let sum = 0;
  for (let k = 0, a = i * columns, b = j * columns; k < columns; k += 1, a += 1, b += 1) {
    sum += (left[a] ?? 0) * (right[b] ?? 0);
  }
  return sum;
}

/**
 * xᵢ·zⱼ for all rows j ≥ `first` of `z` into `dots[j]`; each sum is the one of {@link rowDot}.
 *
 * Four rows at a time, so that their additions need not wait for each other.
 */
export function rowDots(x: Matrix, i: number, z: Matrix, first: number, dots: Float64Array): void {
  const { columns } = x;
  const [left, right] = [x.data, z.data];
  let row = first;
  for (; row + 4 <= z.rows; row += 4) {
    let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
    let b = row * columns;
    for (let k = 0, a = i * columns; k < columns; k += 1, a += 1, b += 1) {
      const value = left[a] ?? 0;
      sum0 += value * (right[b] ?? 0);
      sum1 += value * (right[b + columns] ?? 0);
      sum2 += value * (right[b + 2 * columns] ?? 0);
      sum3 += value * (right[b + 3 * columns] ?? 0);
    }
    dots[row] = sum0;
    dots[row + 1] = sum1;
    dots[row + 2] = sum2;
    dots[row + 3] = sum3;
  }
  for (; row < z.rows; row += 1) dots[row] = rowDot(x, i, z, row);
}
