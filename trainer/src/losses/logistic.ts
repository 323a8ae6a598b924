import {
  abs,
  add,
  exp,
  log1p,
  mul,
  neg,
  relu,
  sub,
  sum,
  type Tensor1D,
  tidy,
} from "@tensorflow/tfjs-core";
import type { Loss } from "../loss.ts";

/**
 * Σₖ log(1 + e^(−sₖzₖ)) of each row, sₖ = 1 at the row's class and −1 at the others: [rows], nats.
 *
 * Every class against all others, with a logit of its own. Computed as max(z, 0) − z·y +
 * log(1 + e^(−|z|)), which neither overflows nor loses small losses.
 *
 * @see `torch.nn.BCEWithLogitsLoss`, summed over classes.
 */
export const logistic: Loss = {
  id: "logistic",
  target: "classes",
  perRow: (logits, labels) =>
    tidy(() => {
      const linear = sub(relu(logits), mul(logits, labels));
      return sum<Tensor1D>(add(linear, log1p(exp(neg(abs(logits))))), 1);
    }),
};
