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
