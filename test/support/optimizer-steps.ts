import { type Tensor, tensor1d, zerosLike } from "@tensorflow/tfjs-core";
import type { Optimizer, OptimizerStep } from "../../trainer/src/optimizer.ts";

/** Fixed gradients of a scalar weight, so that updates can be followed by hand. */
export const GRADIENTS = [0.5, -1.25, 2, 0, 0.75, -0.1, 3, 1e-3, -2, 0.25];

export interface ScalarTrace {
  readonly weights: number[];
  readonly stepSizes: number[];
}

/** Weight after every one of {@link GRADIENTS}, from 1. */
export function traceOf(
  optimizer: Optimizer,
  settings: Omit<OptimizerStep, "iteration">,
): ScalarTrace {
  let weights: Tensor = tensor1d([1]);
  let slots: readonly Tensor[] = optimizer.slots.map(() => zerosLike(weights));
  const trace: ScalarTrace = { weights: [], stepSizes: [] };
  for (const [index, gradient] of GRADIENTS.entries()) {
    const step = { ...settings, iteration: index + 1 };
    const update = optimizer.update(weights, tensor1d([gradient]), slots, step);
    ({ weights, slots } = update);
    const { stepSize } = update;
    trace.weights.push(weights.dataSync()[0] ?? Number.NaN);
    trace.stepSizes.push(
      typeof stepSize === "number" ? stepSize : (stepSize.dataSync()[0] ?? Number.NaN),
    );
  }
  return trace;
}

/** Adam in binary64 as the paper has it: first and second moment, bias corrected. */
export function adamByHand(learningRate: number, decay: number): ScalarTrace {
  const trace: ScalarTrace = { weights: [], stepSizes: [] };
  let [weight, mean, square] = [1, 0, 0];
  for (const [index, gradient] of GRADIENTS.entries()) {
    weight *= 1 - learningRate * decay;
    mean = 0.9 * mean + 0.1 * gradient;
    square = 0.999 * square + 0.001 * gradient * gradient;
    const stepSize = learningRate / (Math.sqrt(square / (1 - 0.999 ** (index + 1))) + 1e-8);
    weight -= (stepSize * mean) / (1 - 0.9 ** (index + 1));
    trace.weights.push(weight);
    trace.stepSizes.push(stepSize);
  }
  return trace;
}
