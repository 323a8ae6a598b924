import { mul, type Scalar, square, sum, tidy } from "@tensorflow/tfjs-core";
import type { Penalty } from "../penalty.ts";
import { times } from "../step-scalar.ts";

/**
 * c‖w‖₂² with gradient 2c·w, where the convention says what c is.
 *
 * plain: c = λ (Keras `l2`, scikit-learn `Ridge` on a sum of squares). half: c = λ/2 (`weight_decay`
 * of PyTorch's SGD). half_mean: c = λ/(2m), m training samples (Ng's course notes).
 */
export const l2: Penalty = {
  id: "l2",
  term(entry, { lambda, samples }) {
    if (entry.norm !== "l2") return undefined;
    const { divisor, suffix } = {
      plain: { divisor: 1, suffix: "" },
      half: { divisor: 2, suffix: "/2" },
      half_mean: { divisor: 2 * samples, suffix: `/(2·${samples})` },
    }[entry.convention];
    const factor = (share: number) => times(lambda.scalar, share / divisor);
    return {
      label: () => `${lambda.text}${suffix}·‖w‖²`,
      value: (weights) => tidy(() => mul<Scalar>(sum(square(weights)), factor(1))),
      gradient: (weights) => tidy(() => mul(weights, factor(2))),
    };
  },
};
