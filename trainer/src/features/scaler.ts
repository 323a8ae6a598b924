import type { Matrix } from "../../../core/measures/matrix.ts";

/** What brings each column to mean 0 and standard deviation 1. */
export interface Scaler {
  readonly mean: Float64Array;
  /** Standard deviation, or 1 where a column is constant. */
  readonly scale: Float64Array;
}

/** A column counts as constant where its deviation is rounding error of its mean. */
const ROUNDING = 10 * Number.EPSILON;

/**
 * Mean and standard deviation of every column over `rows`: σ² = Σ(x − x̄)²/m.
 *
 * Missing values are left out of both. A column that is constant, or has no value at all, gets
 * scale 1, and mean 0 without any value.
 *
 * @see scikit-learn's StandardScaler, whose definition of a constant column this is.
 */
export function fitScaler({ columns, data }: Matrix, rows: Int32Array): Scaler {
  const mean = new Float64Array(columns);
  const scale = new Float64Array(columns);
  for (let column = 0; column < columns; column++) {
    const moments = momentsOf(rows, (row) => data[row * columns + column] ?? Number.NaN);
    mean[column] = moments.mean;
    scale[column] = moments.deviation;
  }
  return { mean, scale };
}

/** Two passes, the second of which corrects the rounding of the first. */
function momentsOf(rows: Int32Array, at: (row: number) => number) {
  let [count, sum] = [0, 0];
  for (const row of rows) {
    const value = at(row);
    if (Number.isNaN(value)) continue;
    count += 1;
    sum += value;
  }
  if (count === 0) return { mean: 0, deviation: 1 };
  const first = sum / count;
  let [rest, squares] = [0, 0];
  for (const row of rows) {
    const difference = at(row) - first;
    if (Number.isNaN(difference)) continue;
    rest += difference;
    squares += difference ** 2;
  }
  const mean = first + rest / count;
  const variance = Math.max(0, (squares - rest ** 2 / count) / count);
  const limit = ROUNDING * (Math.sqrt(count) * Math.abs(mean) + Number.EPSILON);
  const deviation = Math.sqrt(variance);
  return { mean, deviation: deviation <= limit ? 1 : deviation };
}

/** (x − mean)/scale by column; missing values stay missing. */
export function applyScaler({ mean, scale }: Scaler, { columns, data }: Matrix): Float64Array {
  return Float64Array.from(data, (value, index) => {
    const column = index % columns;
    return (value - (mean[column] ?? 0)) / (scale[column] ?? 1);
  });
}
