import {
  add,
  div,
  lessEqual,
  max,
  maximum,
  mul,
  pow,
  relu,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tidy,
  where,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { groupNorms, summedAxes, type WeightGroups } from "./weight-groups.ts";

/** Far more than Newton's method needs: it ends at binary32's last digit after five to nine. */
const NEWTON_STEPS = 12;

/** Keeps a quotient of two zeros at zero; far below any weight that counts. */
const TINY = 1e-30;

/**
 * argmin_u ½ Σⱼ (uⱼ − vⱼ)²/tⱼ + c Σ_g ‖u_g‖₂, group by group; a group of zeros stays zero.
 *
 * With one step size t it is v_g·max(0, 1 − tc/‖v_g‖). With a step size for each coordinate there is
 * no closed form: u_j = vⱼs/(s + c·tⱼ), where s = ‖u_g‖ is the root of ‖v/(s + c·t)‖ = 1, or u_g = 0
 * where ‖v/(c·t)‖ ≤ 1. 1/‖v/(s + c·t)‖ is concave in s, so Newton's method from the left reaches
 * the root from below and never overshoots it.
 *
 * @see Yuan & Lin 2006, doi:10.1111/j.1467-9868.2005.00532.x, eq. (2.4), for one step size; the
 * secular equation and its Newton step as in Moré & Sorensen 1983, doi:10.1137/0904038.
 */
export function groupThreshold(
  weights: Tensor,
  threshold: number | Tensor,
  groups: WeightGroups,
): Tensor {
  if (typeof threshold === "number" || threshold.rank === 0) {
    return tidy(() => mul(weights, relu(sub(1, div(threshold, groupNorms(weights, groups))))));
  }
  return tidy(() => {
    const axes = summedAxes(weights.rank, groups);
    const total = (values: Tensor) => (axes.length === 0 ? values : sum(values, axes, true));
    const squares = square(weights);
    // ‖v/(s + max ct)‖ = 1 at this s, so the root is not to the left of it.
    const largest = axes.length === 0 ? threshold : max(threshold, axes, true);
    let root: Tensor = relu(sub(groupNorms(weights, groups), largest));
    for (let step = 0; step < NEWTON_STEPS; step++) {
      const shifted = maximum(add(threshold, root), TINY);
      const norm = sqrt(total(div(squares, square(shifted))));
      const slope = maximum(total(div(squares, pow(shifted, 3))), TINY);
      root = relu(add(root, div(mul(square(norm), sub(norm, 1)), slope)));
    }
    const isZero = lessEqual(total(square(div(weights, maximum(threshold, TINY)))), 1);
    const kept = div(mul(weights, root), maximum(add(threshold, root), TINY));
    return where(isZero, zerosLike(weights), kept);
  });
}
