import { abs, mul, type Scalar, sign, sum, tidy } from "@tensorflow/tfjs-core";
import type { Penalty } from "../penalty.ts";
import { scaled, softThreshold } from "../soft-threshold.ts";

/**
 * λ‖w‖₁ = λ Σ|wⱼ|, by its proximal map S(w, tλ), so that zeros are exact.
 *
 * A sub-gradient in place of the proximal map would leave weights small, never zero.
 *
 * @see Tibshirani 1996, doi:10.1111/j.2517-6161.1996.tb02080.x.
 */
export const l1: Penalty = {
  id: "l1",
  term(entry, { lambda }) {
    if (entry.norm !== "l1") return undefined;
    return {
      label: () => `${lambda.text}·‖w‖₁`,
      value: (weights) => tidy(() => mul<Scalar>(sum(abs(weights)), lambda.scalar)),
      slope: (weights) => tidy(() => mul(sign(weights), lambda.scalar)),
      proximal: (weights, stepSize) =>
        tidy(() => softThreshold(weights, scaled(stepSize, lambda.scalar))),
    };
  },
};
