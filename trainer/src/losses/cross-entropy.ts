import { logSoftmax, mul, neg, sum, type Tensor1D, tidy } from "@tensorflow/tfjs-core";
import type { Loss } from "../loss.ts";

/**
 * −log softmax(logits)ᵢ,ₗₐᵦₑₗ of each row, nats: [rows].
 *
 * The output holds logits, the target is one-hot, both [rows, classes]. The log-softmax subtracts the row's
 * largest logit first, so large logits do not overflow.
 */
export const crossEntropy: Loss = {
  id: "cross_entropy",
  target: "classes",
  perRow: (logits, labels) => tidy(() => neg<Tensor1D>(sum(mul(logSoftmax(logits), labels), 1))),
};
