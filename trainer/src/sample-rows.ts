import { createRandom } from "./random.ts";

/** Rows of a part that retrieval is measured on; its cost is quadratic. */
export const MAX_MEASURED_ROWS = 2000;

/** At most `size` of `rows`, ascending, drawn by `seed` and the `name` of what they are drawn for. */
export function sampleRows(rows: Int32Array, size: number, seed: number, name: string): Int32Array {
  if (rows.length <= size) return rows;
  return createRandom(seed, name)
    .permutation(rows.length)
    .subarray(0, size)
    .map((place) => rows[place] ?? 0)
    .sort();
}
