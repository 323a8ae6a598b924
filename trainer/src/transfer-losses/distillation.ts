import {
  div,
  logSoftmax,
  maximum,
  mul,
  type Scalar,
  softmax,
  sub,
  sum,
  type Tensor2D,
  tidy,
} from "@tensorflow/tfjs-core";
import { detached } from "../detached.ts";
import type { TransferLoss } from "../transfer-loss.ts";

/**
 * T²·mean_i KL(softmax(t/T)ᵢ ‖ softmax(s/T)ᵢ), nats: the student's logits s follow the teacher's t.
 *
 * T² keeps the size of the gradient independent of T. The same as PyTorch's
 * `kl_div(log_softmax(s/T), softmax(t/T), reduction="batchmean")·T²`.
 *
 * @see Hinton et al. 2015, arXiv:1503.02531, section 2.
 */
export const distillation: TransferLoss = {
  id: "distillation",
  of: ({ teacher, student, both, settings: { temperature = 1 } }) =>
    tidy(() => {
      const soft = detached(teacher.output, (logits) => softmax(div(logits, temperature)));
      const logSoft = detached(teacher.output, (logits) => logSoftmax(div(logits, temperature)));
      const logStudent = logSoftmax<Tensor2D>(div(student.output, temperature));
      const divergence = sum(mul(soft, sub(logSoft, logStudent)), 1);
      const mean = div(sum(mul(divergence, both)), maximum(sum(both), 1));
      return mul<Scalar>(mean, temperature * temperature);
    }),
};
