import { mul, sub } from "@tensorflow/tfjs-core";
import type { Optimizer } from "../optimizer.ts";

/** w ← w − ηg; with a proximal map of step size η after it, proximal gradient descent. */
export const sgd: Optimizer = {
  id: "sgd",
  slots: [],
  update: (weights, gradient, _slots, { learningRate }) => ({
    weights: sub(weights, mul(gradient, learningRate)),
    slots: [],
    stepSize: learningRate,
  }),
};
