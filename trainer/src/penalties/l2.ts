import { mul, type Scalar, square, sum, tidy } from "@tensorflow/tfjs-core";
import type { Penalty } from "../penalty.ts";

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
    const { factor, label } = {
      plain: { factor: lambda, label: `${lambda}·‖w‖²` },
      half: { factor: lambda / 2, label: `${lambda}/2·‖w‖²` },
      half_mean: { factor: lambda / (2 * samples), label: `${lambda}/(2·${samples})·‖w‖²` },
    }[entry.convention];
    return {
      label,
      value: (weights) => tidy(() => mul<Scalar>(sum(square(weights)), factor)),
      gradient: (weights) => mul(weights, 2 * factor),
    };
  },
};
