import {
  div,
  maximum,
  mean,
  mul,
  type Scalar,
  square,
  sub,
  sum,
  type Tensor,
  tidy,
} from "@tensorflow/tfjs-core";
import { detached } from "../detached.ts";
import type { TransferLoss } from "../transfer-loss.ts";

/**
 * mean_i ‖fₛ − fₜ‖²/d of the features [rows, d] that enter the shared layers: the student's private
 * encoder learns to give what the teacher's gives.
 *
 * All towers enter the shared layers with one width, so no regressor between them is needed.
 *
 * @throws {TypeError} If the model has no such features.
 * @see Romero et al. 2015, arXiv:1412.6550, eq. (3), with a mean in place of ½ and the sum.
 */
export const hints: TransferLoss = {
  id: "hints",
  of: ({ teacher, student, both }) =>
    tidy(() => {
      if (teacher.features === undefined || student.features === undefined) {
        throw new TypeError("Cannot take hints from a model without private features");
      }
      const target = detached(teacher.features, (features: Tensor) => features.clone());
      const perRow = mean(square(sub(student.features, target)), 1);
      return div<Scalar>(sum(mul(perRow, both)), maximum(sum(both), 1));
    }),
};
