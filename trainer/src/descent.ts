import {
  add,
  addN,
  type Scalar,
  scalar,
  type Tensor,
  tidy,
  variable,
  zeros,
} from "@tensorflow/tfjs-core";
import type { Optimizer, OptimizerStep } from "./optimizer.ts";
import type { Parameter } from "./parameters.ts";
import type { PenaltyTerm } from "./penalty.ts";
import type { StepScalar } from "./step-scalar.ts";

export interface DescentSettings {
  readonly learningRate: number;
  readonly momentum: number;
  /** Decoupled decay of the weights; biases have none. */
  readonly weightDecay: number;
}

/** What changes from step to step. */
export interface StepScalars {
  readonly learningRate: StepScalar;
  /** Counts from 1. */
  readonly iteration: StepScalar;
}

/** Minimises a data loss plus penalties, one gradient at a time. */
export interface Descent {
  /**
   * Makes one step. `gradients` of the data loss by parameter name; they are not disposed.
   *
   * `scalars` take the place of the settings' learning rate and of the number of calls so far where
   * the step is being compiled.
   */
  step(gradients: Readonly<Record<string, Tensor>>, scalars?: StepScalars): void;
  /** Σ R(w) over all terms and parameters they fall on. */
  penalty(): Scalar;
  dispose(): void;
}

/**
 * Descent on data loss + Σ penalties: the penalties' gradients join the loss's, the optimizer makes
 * its step, and the proximal maps follow with the step size that the optimizer had at each weight.
 *
 * A parameter without terms is updated by the optimizer alone, bit for bit.
 */
export function createDescent(
  optimizer: Optimizer,
  parameters: readonly Parameter[],
  terms: ReadonlyMap<string, readonly PenaltyTerm[]>,
  settings: DescentSettings,
): Descent {
  const states = parameters.map((parameter) => ({
    parameter,
    terms: terms.get(parameter.name) ?? [],
    slots: optimizer.slots.map(() => tidy(() => variable(zeros(parameter.variable.shape), false))),
  }));
  let iteration = 0;

  const descend = (state: (typeof states)[number], gradient: Tensor, step: OptimizerStep) => {
    const { parameter, slots } = state;
    const smooth = state.terms.flatMap((term) => term.gradient?.(parameter.variable) ?? []);
    const update = optimizer.update(
      parameter.variable,
      smooth.length === 0 ? gradient : add(gradient, addN(smooth)),
      slots,
      step,
    );
    const weights = state.terms.reduce(
      (value, term) => term.proximal?.(value, update.stepSize) ?? value,
      update.weights,
    );
    parameter.variable.assign(weights);
    slots.forEach((slot, index) => {
      const value = update.slots[index];
      if (value !== undefined) slot.assign(value);
    });
  };

  return {
    step(gradients, scalars) {
      iteration += 1;
      const { momentum } = settings;
      const { learningRate } = scalars ?? settings;
      for (const state of states) {
        const { name, kind } = state.parameter;
        const gradient = gradients[name];
        if (gradient === undefined) continue;
        const weightDecay = kind === "bias" ? 0 : settings.weightDecay;
        tidy(() => {
          descend(state, gradient, {
            learningRate,
            iteration: scalars?.iteration ?? iteration,
            momentum,
            weightDecay,
          });
        });
      }
    },
    penalty: () =>
      tidy(() => {
        const values = states.flatMap((state) =>
          state.terms.map((term) => term.value(state.parameter.variable)),
        );
        return values.length === 0 ? scalar(0) : addN<Scalar>(values);
      }),
    dispose() {
      for (const { slots } of states) for (const slot of slots) slot.dispose();
    },
  };
}
