import type { LoadContext } from "../../data-source.ts";
import { createRandom } from "../../random.ts";

/** Numbers of the rows that are kept of `rows`: all, or an even sample of `most`, in ascending order. */
export function chooseRows(
  rows: number,
  { max_rows: most, seed }: { readonly max_rows: number; readonly seed: number },
  { report }: LoadContext,
): Int32Array {
  if (rows <= most) return Int32Array.from({ length: rows }, (_, row) => row);
  const [kept, all] = [most, rows].map((count) => count.toLocaleString("en"));
  report(`Kept an even sample of ${kept} of ${all} rows (max_rows)`);
  return createRandom(seed, "data/sample").permutation(rows).slice(0, most).sort();
}
