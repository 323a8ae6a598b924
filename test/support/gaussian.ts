import type { Matrix } from "../../core/measures/matrix.ts";

/** Standard normal numbers from a fixed seed, by the sum of twelve uniform ones. */
export function gaussian(rows: number, columns: number, seed: number): Matrix {
  let state = seed >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const normal = () => Array.from({ length: 12 }, uniform).reduce((sum, part) => sum + part, -6);
  return { rows, columns, data: Float64Array.from({ length: rows * columns }, normal) };
}
