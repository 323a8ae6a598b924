import type { Matrix } from "./matrix.ts";

/**
 * ‖W_·j‖₂ = √Σᵢ wᵢⱼ² of every column of W of shape [n, m], summed in binary64; 0 for n = 0.
 *
 * A column that holds NaN or ±∞ has the norm NaN or ∞.
 */
export function columnNorms({ rows, columns, data }: Matrix): Float64Array {
  const squares = new Float64Array(columns);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      squares[column] = (squares[column] ?? 0) + (data[row * columns + column] ?? 0) ** 2;
    }
  }
  return squares.map(Math.sqrt);
}
