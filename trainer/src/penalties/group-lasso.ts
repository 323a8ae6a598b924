import { div, maximum, mul, type Scalar, sum, tidy } from "@tensorflow/tfjs-core";
import { groupThreshold } from "../group-threshold.ts";
import type { Penalty } from "../penalty.ts";
import { scaled } from "../soft-threshold.ts";
import { times } from "../step-scalar.ts";
import { groupNorms, groupSize } from "../weight-groups.ts";

/** Keeps the quotient of zeros at zero. */
const TINY = 1e-30;

/**
 * λ Σ_g √p_g·‖w_g‖₂ with p_g weights in group g, by its proximal map, so that groups are zero as a
 * whole: an input that nothing reads, or an output that reads nothing.
 *
 * Where weights have step sizes of their own, as with Adam, the map is taken in that metric. After an
 * L1 term on the same tensor the two together are the sparse group lasso's map.
 *
 * @see Yuan & Lin 2006, doi:10.1111/j.1467-9868.2005.00532.x, eq. (2.1) with K_g = p_g·I.
 */
export const groupLasso: Penalty = {
  id: "group_lasso",
  term(entry, { lambda }) {
    if (entry.norm !== "group_lasso") return undefined;
    const { groups } = entry;
    const factor = (shape: readonly number[]) =>
      times(lambda.scalar, Math.sqrt(groupSize(shape, groups)));
    return {
      label: () => `${lambda.text}·Σ√p‖w_g‖ over ${groups}`,
      level: "group",
      value: (weights) =>
        tidy(() => mul<Scalar>(sum(groupNorms(weights, groups)), factor(weights.shape))),
      slope: (weights) =>
        tidy(() => {
          const norms = maximum(groupNorms(weights, groups), TINY);
          return mul(div(weights, norms), factor(weights.shape));
        }),
      proximal: (weights, stepSize) =>
        tidy(() => groupThreshold(weights, scaled(stepSize, factor(weights.shape)), groups)),
    };
  },
};
