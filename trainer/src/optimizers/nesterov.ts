import { add, mul, sub } from "@tensorflow/tfjs-core";
import { type Optimizer, requireSlot } from "../optimizer.ts";
import { oneMinusPower, times } from "../step-scalar.ts";

/**
 * v ← μv + g, w ← w − η(g + μv): Nesterov's momentum as PyTorch's SGD writes it, with the weights kept
 * at the point where the next gradient is taken.
 *
 * A constant gradient has moved w by η(1 − μᵗ⁺¹)/(1 − μ) times itself at iteration t, which is the
 * step size that a proximal map after the step must have.
 *
 * @see Sutskever, Martens, Dahl & Hinton 2013, https://proceedings.mlr.press/v28/sutskever13.html,
 * eq. (3)–(4), in PyTorch's variables.
 */
export const nesterov: Optimizer = {
  id: "nesterov",
  slots: ["velocity"],
  update(weights, gradient, slots, { learningRate, iteration, momentum: factor }) {
    const velocity = add(mul(requireSlot(slots, 0), factor), gradient);
    const step = mul(add(gradient, mul(velocity, factor)), learningRate);
    const moved = oneMinusPower(
      factor,
      typeof iteration === "number" ? iteration + 1 : add(iteration, 1),
    );
    return {
      weights: sub(weights, step),
      slots: [velocity],
      stepSize: times(times(learningRate, moved), 1 / (1 - factor)),
    };
  },
};
