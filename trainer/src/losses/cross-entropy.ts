import {
  logSoftmax,
  mul,
  neg,
  sum,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from "@tensorflow/tfjs-core";

/**
 * −log softmax(logits)ᵢ,ₗₐᵦₑₗ of each row, nats: [rows].
 *
 * `logits` [rows, classes], `labels` one-hot of the same shape. The log-softmax subtracts the row's
 * largest logit first, so large logits do not overflow.
 */
export function crossEntropy(logits: Tensor2D, labels: Tensor2D): Tensor1D {
  return tidy(() => neg<Tensor1D>(sum(mul(logSoftmax(logits), labels), 1)));
}
