import type { Matrix } from "./matrix.ts";
import { visitRowProducts } from "./row-products.ts";
import { finiteRows, selectRows, unitRows } from "./unit-rows.ts";

/**
 * log mean_{i<j} exp(−2‖x̂ᵢ − x̂ⱼ‖²), x̂ = x/‖x‖, in [−8, 0]; 0 is one single point.
 *
 * Shape [n, d]; takes n²d/2 multiplications. Rows without a direction are left out; fewer than two
 * left give NaN.
 *
 * @see Wang & Isola 2020, arXiv:2005.10242, eq. (2) with t = 2.
 */
export function uniformity(x: Matrix): number {
  const unit = unitRows(x);
  const kept = selectRows(unit, finiteRows(unit));
  let sum = 0;
  visitRowProducts(kept, kept, { from: "diagonal" }, (i, first, cosines) => {
    for (let k = Math.max(0, i + 1 - first); k < cosines.length; k += 1) {
      // ‖x̂ᵢ − x̂ⱼ‖² = 2 − 2·x̂ᵢ·x̂ⱼ on the unit sphere; rounding may leave it just below 0.
      sum += Math.exp(-2 * Math.max(0, 2 - 2 * (cosines[k] ?? 0)));
    }
  });
  return Math.log(sum / ((kept.rows * (kept.rows - 1)) / 2));
}
