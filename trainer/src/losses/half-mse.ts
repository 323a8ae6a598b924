import { mul, squaredDifference, sum, type Tensor1D, tidy } from "@tensorflow/tfjs-core";
import type { Loss } from "../loss.ts";

/**
 * ½ Σₖ (hₖ − yₖ)² of each row: [rows]. Summed over outputs, so its gradient is h − y.
 *
 * Of classes, y is one-hot.
 */
export const halfMse: Loss = {
  id: "half_mse",
  target: "numbers",
  perRow: (output, target) =>
    tidy(() => mul<Tensor1D>(sum(squaredDifference(output, target), 1), 0.5)),
};
