import type { Design } from "../../trainer/src/linear/design.ts";
import { shared } from "../../trainer/src/linear/design.ts";
import { createRandom } from "../../trainer/src/random.ts";

export interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly outputs?: number;
  /** Features with a weight, evenly spread over the columns. */
  readonly used: number;
  readonly noise: number;
  readonly seed?: number;
}

/** Correlated normal features and targets that a few of them explain; features have means and scales. */
export function linearProblem({
  rows,
  columns,
  outputs = 1,
  used,
  noise,
  seed = 5,
}: Shape): Design {
  const random = createRandom(seed, "linear-problem");
  const weights = Float64Array.from({ length: columns * outputs }, () => 0);
  for (let index = 0; index < used; index++) {
    const column = Math.floor((index * columns) / used);
    for (let k = 0; k < outputs; k++) {
      weights[column * outputs + k] = (index % 2 === 0 ? 1 : -1) * (1 + random.uniform());
    }
  }
  const x = new Float64Array(rows * columns);
  const y = new Float64Array(rows * outputs);
  for (let i = 0; i < rows; i++) {
    let last = random.normal();
    for (let j = 0; j < columns; j++) {
      last = 0.5 * last + random.normal();
      x[i * columns + j] = last * (1 + (j % 3)) + (j % 5);
      for (let k = 0; k < outputs; k++) {
        y[i * outputs + k] = (y[i * outputs + k] ?? 0) + last * (weights[j * outputs + k] ?? 0);
      }
    }
    for (let k = 0; k < outputs; k++) {
      y[i * outputs + k] = (y[i * outputs + k] ?? 0) + noise * random.normal() + 3;
    }
  }
  return { rows, columns, outputs, x: shared(x), y: shared(y) };
}

/** Rows of a row-major matrix. */
export function rowsOf(values: Float64Array, columns: number): number[][] {
  return Array.from({ length: values.length / columns }, (_, row) =>
    Array.from(values.subarray(row * columns, (row + 1) * columns)),
  );
}

export const allRows = (count: number) => Int32Array.from({ length: count }, (_, row) => row);
