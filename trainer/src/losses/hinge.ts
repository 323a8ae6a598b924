import { mul, relu, sub, sum, type Tensor1D, tidy } from "@tensorflow/tfjs-core";
import type { Loss } from "../loss.ts";

/**
 * Σₖ max(0, 1 − sₖzₖ) of each row, sₖ = 1 at the row's class and −1 at the others: [rows].
 *
 * Every class against all others, with a score of its own, as scikit-learn's `LinearSVC` with
 * `loss="hinge"`. At the kink the gradient is 0.
 *
 * @see Cortes & Vapnik 1995, doi:10.1007/BF00994018.
 */
export const hinge: Loss = {
  id: "hinge",
  target: "classes",
  perRow: (scores, labels) =>
    tidy(() => {
      const sign = sub(mul(labels, 2), 1);
      return sum<Tensor1D>(relu(sub(1, mul(sign, scores))), 1);
    }),
};
