import { checkPaired } from "./cosine.ts";
import type { Matrix } from "./matrix.ts";
import { visitRowProducts } from "./row-products.ts";
import { finiteRows, selectRows, unitRows } from "./unit-rows.ts";

/**
 * Counts of cos(xᵢ, zⱼ) over all i ≠ j in `bins` equal bins over [−1, 1]: what pairs are to stand
 * out from.
 *
 * Bin k is [−1 + 2k/bins, −1 + 2(k + 1)/bins), the last one closed. Both matrices are [n, d] with
 * paired rows. A row that is NaN, ±∞ or zero on either side is left out on both; fewer than two rows
 * leave all counts at 0.
 *
 * @throws {RangeError} If the shapes differ.
 */
export function otherCosines(x: Matrix, z: Matrix, bins: number): number[] {
  checkPaired(x, z);
  const [left, right] = [unitRows(x), unitRows(z)];
  const rows = finiteRows(left, right);
  const counts = new Array<number>(bins).fill(0);
  const [from, to] = [selectRows(left, rows), selectRows(right, rows)];
  visitRowProducts(from, to, { from: "first" }, (i, first, cosines) => {
    for (const [k, product] of cosines.entries()) {
      if (first + k === i) continue;
      const cosine = Math.min(1, Math.max(-1, product));
      const bin = Math.min(bins - 1, Math.floor(((cosine + 1) / 2) * bins));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  });
  return counts;
}
