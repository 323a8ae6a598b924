import { add, mul, sub } from "@tensorflow/tfjs-core";
import { type Optimizer, requireSlot } from "../optimizer.ts";
import { oneMinusPower, times } from "../step-scalar.ts";

/**
 * v ← μv + g, w ← w − ηv: the heavy ball as PyTorch's SGD writes it.
 *
 * A proximal map comes after the step and never enters the velocity. A constant gradient has moved
 * w by η(1−μᵗ)/(1−μ) times itself at iteration t, so that is the step size the map must have: with
 * plain η the L1 part would count (1−μ) times only.
 *
 * @see Polyak 1964, doi:10.1016/0041-5553(64)90137-5.
 */
export const momentum: Optimizer = {
  id: "momentum",
  slots: ["velocity"],
  update(weights, gradient, slots, { learningRate, iteration, momentum: factor }) {
    const velocity = add(mul(requireSlot(slots, 0), factor), gradient);
    return {
      weights: sub(weights, mul(velocity, learningRate)),
      slots: [velocity],
      stepSize: times(times(learningRate, oneMinusPower(factor, iteration)), 1 / (1 - factor)),
    };
  },
};
