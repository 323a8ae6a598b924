import { squaredDifference, sum, type Tensor1D, tidy } from "@tensorflow/tfjs-core";
import type { Loss } from "../loss.ts";

/** Σₖ (hₖ − yₖ)² of each row: [rows]. Summed over outputs; of classes, y is one-hot. */
export const mse: Loss = {
  id: "mse",
  target: "numbers",
  perRow: (output, target) => tidy(() => sum<Tensor1D>(squaredDifference(output, target), 1)),
};
