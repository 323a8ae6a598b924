import { abs, minimum, mul, sub, sum, type Tensor1D, tidy } from "@tensorflow/tfjs-core";
import type { Loss } from "../loss.ts";

/** Distance from which a residual counts linearly, in units of the target. */
const DELTA = 1;

/**
 * Σₖ δ·(|rₖ| − δ/2) where |rₖ| > δ, else ½rₖ², of each row, r = h − y and δ = 1: [rows].
 *
 * @see Huber 1964, doi:10.1214/aoms/1177703732; `torch.nn.HuberLoss` with its default δ, summed
 * over outputs.
 */
export const huber: Loss = {
  id: "huber",
  target: "numbers",
  perRow: (output, target) =>
    tidy(() => {
      const residual = abs(sub(output, target));
      const near = minimum(residual, DELTA);
      // near·(|r| − near/2) is both branches at once.
      return sum<Tensor1D>(mul(near, sub(residual, mul(near, 0.5))), 1);
    }),
};
