import type { Matrix } from "../../../core/measures/matrix.ts";
import type { Dense } from "./products.ts";

/** Mean of every column; NaN without rows. */
export function columnMeans({ rows, columns, data }: Matrix): Float64Array {
  const sums = new Float64Array(columns);
  for (let index = 0; index < rows * columns; index += 1) {
    const column = index % columns;
    sums[column] = (sums[column] ?? 0) + (data[index] ?? 0);
  }
  return sums.map((sum) => sum / rows);
}

/** Standard deviation of every column about its mean, with 1/n; 0 for a constant column. */
export function columnDeviations(matrix: Matrix): Float64Array {
  const { rows, columns, data } = centre(matrix, columnMeans(matrix));
  const squares = new Float64Array(columns);
  for (let index = 0; index < rows * columns; index += 1) {
    const column = index % columns;
    squares[column] = (squares[column] ?? 0) + (data[index] ?? 0) ** 2;
  }
  return squares.map((sum) => Math.sqrt(sum / rows));
}

/** Every row minus `means`. */
export function centre({ rows, columns, data }: Matrix, means: Float64Array): Dense {
  return {
    rows,
    columns,
    data: Float64Array.from(data, (value, index) => value - (means[index % columns] ?? 0)),
  };
}
