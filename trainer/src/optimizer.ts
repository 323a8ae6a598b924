import type { Tensor } from "@tensorflow/tfjs-core";
import type { Training } from "../../core/experiment/experiment.ts";
import type { StepScalar } from "./step-scalar.ts";

/** What one update is made with, besides the gradient. */
export interface OptimizerStep {
  readonly learningRate: StepScalar;
  /** Counts from 1. */
  readonly iteration: StepScalar;
  /** Factor of the velocity, 0..1. */
  readonly momentum: number;
  /** Decoupled weight decay of this tensor; 0 for biases. */
  readonly weightDecay: number;
}

export interface OptimizerUpdate {
  readonly weights: Tensor;
  /** New state, in the order of `slots`. */
  readonly slots: readonly Tensor[];
  /**
   * Step size t in force at each coordinate: what a proximal map after this update must be taken
   * with, for the fixed point to be the minimum of loss + penalty.
   */
  readonly stepSize: number | Tensor;
}

/** One tensor's update rule: from weights, gradient and state to new ones. Pure. */
export interface Optimizer {
  /** Value of `training.optimizer` in an experiment file. */
  readonly id: Training["optimizer"];
  /** Names of the state tensors, each of the weights' shape and zero at the start. */
  readonly slots: readonly string[];
  /** The gradient is taken at an extrapolated point, see `createAcceleration`. */
  readonly isAccelerated?: true;
  update(
    weights: Tensor,
    gradient: Tensor,
    slots: readonly Tensor[],
    step: OptimizerStep,
  ): OptimizerUpdate;
}

/** @throws {TypeError} If the state is not the one that the optimizer names. */
export function requireSlot(slots: readonly Tensor[], index: number): Tensor {
  const slot = slots[index];
  if (slot === undefined) {
    throw new TypeError(`Cannot update without state ${index}, got ${slots.length} tensors`);
  }
  return slot;
}
