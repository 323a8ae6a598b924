import { div, mul, type Scalar, scalar, sqrt, type Tensor } from "@tensorflow/tfjs-core";
import type { Optimizer, OptimizerStep, OptimizerUpdate } from "../optimizer.ts";
import { BETA1, BETA2, EPSILON } from "../optimizers/adam.ts";
import { oneMinus, oneMinusPower, type StepScalar, times } from "../step-scalar.ts";

/** An update that TensorFlow makes in place, in one pass over weights and state. */
export interface FusedUpdate {
  readonly operation: string;
  /** Flags beside the data type. */
  readonly flags: readonly string[];
  /** What stands between the variables and the end, in the operation's order. */
  readonly inputs: readonly Tensor[];
  /** The weights that the update is made on where they are not those of the variable. */
  readonly start?: Tensor;
}

/** An update as it was made by an optimizer's own operations, which the fused one takes the place of. */
export interface ObservedUpdate {
  readonly weights: Tensor;
  readonly slots: readonly Tensor[];
  readonly result: OptimizerUpdate;
  readonly fused: FusedUpdate;
}

type Fuse = (weights: Tensor, gradient: Tensor, step: OptimizerStep) => FusedUpdate;

/** By optimizer; the others are compiled operation by operation. */
const FUSED: ReadonlyMap<Optimizer["id"], Fuse> = new Map<Optimizer["id"], Fuse>([
  [
    "sgd",
    (_weights, gradient, { learningRate }) => ({
      operation: "ResourceApplyGradientDescent",
      flags: ["use_locking"],
      inputs: [asTensor(learningRate), gradient],
    }),
  ],
  [
    "momentum",
    (_weights, gradient, { learningRate, momentum }) => ({
      operation: "ResourceApplyMomentum",
      flags: ["use_locking", "use_nesterov"],
      inputs: [asTensor(learningRate), gradient, scalar(momentum)],
    }),
  ],
  ["adam", (_weights, gradient, step) => adamUpdate(gradient, step)],
  [
    "adamw",
    (weights, gradient, step) =>
      step.weightDecay === 0
        ? adamUpdate(gradient, step)
        : {
            ...adamUpdate(gradient, step),
            start: mul(weights, oneMinus(times(step.learningRate, step.weightDecay))),
          },
  ],
]);

/**
 * TensorFlow's w ← w − α·m/(√v + ε̃), with α = η√(1−β₂ᵗ)/(1−β₁ᵗ) and ε̃ = ε√(1−β₂ᵗ) this is ours.
 *
 * TensorFlow takes 1 − β₂ from β₂ in binary32, 5·10⁻⁵ too much at 0.999, so its v is that much too
 * large; α and ε̃ are stretched by the root of it. β₁ᵗ and β₂ᵗ are given as 0: α has them already.
 */
function adamUpdate(gradient: Tensor, { learningRate, iteration }: OptimizerStep): FusedUpdate {
  const stretch = Math.sqrt((1 - Math.fround(BETA2)) / (1 - BETA2));
  const correction = times(squareRoot(oneMinusPower(BETA2, iteration)), stretch);
  const rate = divided(times(learningRate, correction), oneMinusPower(BETA1, iteration));
  return {
    operation: "ResourceApplyAdam",
    flags: ["use_locking", "use_nesterov"],
    inputs: [
      scalar(0),
      scalar(0),
      asTensor(rate),
      scalar(BETA1),
      scalar(BETA2),
      asTensor(times(correction, EPSILON)),
      gradient,
    ],
  };
}

/**
 * The optimizer itself, which tells of its updates where TensorFlow has one operation for them and
 * `observer` gives somebody to tell.
 */
export function observedOptimizer(
  optimizer: Optimizer,
  observer: () => ((update: ObservedUpdate) => void) | undefined,
): Optimizer {
  const fuse = FUSED.get(optimizer.id);
  if (fuse === undefined) return optimizer;
  return {
    ...optimizer,
    update(weights, gradient, slots, step) {
      const result = optimizer.update(weights, gradient, slots, step);
      observer()?.({ weights, slots, result, fused: fuse(weights, gradient, step) });
      return result;
    },
  };
}

function asTensor(value: StepScalar): Tensor {
  return typeof value === "number" ? scalar(value) : value;
}

function squareRoot(value: StepScalar): StepScalar {
  return typeof value === "number" ? Math.sqrt(value) : sqrt<Scalar>(value);
}

function divided(a: StepScalar, b: StepScalar): StepScalar {
  if (typeof a === "number" && typeof b === "number") return a / b;
  return div<Scalar>(a, b);
}
