import { add, div, mul, sqrt, square, sub } from "@tensorflow/tfjs-core";
import { type Optimizer, requireSlot } from "../optimizer.ts";
import { oneMinusPower } from "../step-scalar.ts";

export const BETA1 = 0.9;
export const BETA2 = 0.999;
export const EPSILON = 1e-8;

/**
 * m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², w ← w − η·m̂/(√v̂ + ε) with m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ);
 * β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸, as in PyTorch.
 *
 * Coordinate j moves in the metric √v̂ⱼ + ε, so a proximal map after the step has the step size
 * η/(√v̂ⱼ + ε) there: the L1 threshold differs from coordinate to coordinate. One threshold ηλ for all
 * would converge to a Lasso with weights λ(√v̂ⱼ + ε), not to the one asked for. Where v̂ⱼ = 0 the step
 * size is η/ε: large, finite, and the weight goes to zero as it should.
 *
 * @see Kingma & Ba 2015, arXiv:1412.6980, algorithm 1; Yun, Lozano & Yang 2021, arXiv:2007.14114.
 */
export const adam: Optimizer = {
  id: "adam",
  slots: ["mean", "square"],
  update(weights, gradient, slots, { learningRate, iteration }) {
    const mean = add(mul(requireSlot(slots, 0), BETA1), mul(gradient, 1 - BETA1));
    const squares = add(mul(requireSlot(slots, 1), BETA2), mul(square(gradient), 1 - BETA2));
    const metric = add(sqrt(div(squares, oneMinusPower(BETA2, iteration))), EPSILON);
    const stepSize = div(learningRate, metric);
    return {
      weights: sub(weights, mul(div(mean, oneMinusPower(BETA1, iteration)), stepSize)),
      slots: [mean, squares],
      stepSize,
    };
  },
};
