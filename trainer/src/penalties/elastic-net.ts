import { abs, add, mul, type Scalar, sign, square, sum, tidy } from "@tensorflow/tfjs-core";
import type { Penalty } from "../penalty.ts";
import { scaled, softThreshold } from "../soft-threshold.ts";
import { times } from "../step-scalar.ts";

/**
 * λ(r‖w‖₁ + (1−r)/2‖w‖₂²) with r = `l1_ratio`: scikit-learn's `ElasticNet` with alpha = λ.
 *
 * The squared part goes into the gradient, λ(1−r)·w, and the rest is the proximal map S(w, tλr).
 * The fixed points are those of the joint proximal map, and several such terms on one tensor
 * compose exactly, for soft thresholds add up.
 *
 * @see Zou & Hastie 2005, doi:10.1111/j.1467-9868.2005.00503.x.
 */
export const elasticNet: Penalty = {
  id: "elastic_net",
  term(entry, { lambda }) {
    if (entry.norm !== "elastic_net") return undefined;
    const ratio = entry.l1_ratio;
    const absolute = () => times(lambda.scalar, ratio);
    const squared = (factor: number) => times(lambda.scalar, (1 - ratio) * factor);
    return {
      label: () => `${lambda.text}·(${ratio}·‖w‖₁ + ${1 - ratio}/2·‖w‖²)`,
      value: (weights) =>
        tidy(() =>
          add<Scalar>(mul(sum(abs(weights)), absolute()), mul(sum(square(weights)), squared(0.5))),
        ),
      gradient: (weights) => tidy(() => mul(weights, squared(1))),
      slope: (weights) => tidy(() => add(mul(sign(weights), absolute()), mul(weights, squared(1)))),
      proximal: (weights, stepSize) =>
        tidy(() => softThreshold(weights, scaled(stepSize, absolute()))),
    };
  },
};
