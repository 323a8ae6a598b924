import {
  add,
  addN,
  mul,
  type Scalar,
  scalar,
  type Tensor,
  tidy,
  type Variable,
  variable,
  zeros,
  zerosLike,
} from "@tensorflow/tfjs-core";
import type { GradientClip } from "../../core/experiment/experiment.ts";
import { createAcceleration } from "./acceleration.ts";
import { clipGradients } from "./gradient-clip.ts";
import type { Optimizer, OptimizerStep } from "./optimizer.ts";
import type { Parameter } from "./parameters.ts";
import type { PenaltyTerm } from "./penalty.ts";
import { minus, type StepScalar, times } from "./step-scalar.ts";

export interface DescentSettings {
  readonly learningRate: number;
  readonly momentum: number;
  /** Decoupled decay of the weights; biases and scalars have none. */
  readonly weightDecay: number;
  /** Falls on the gradient of loss and differentiable penalties, before the optimizer sees it. */
  readonly clip?: GradientClip;
  /** Factors of the learning rate by parameter name; 1 where there is none. */
  readonly rateFactors?: ReadonlyMap<string, number>;
  /** Steps before a parameter gets gradients, by name; the optimizer counts its own from there. */
  readonly idleSteps?: ReadonlyMap<string, number>;
  /** Zeros and ones by parameter name: a weight under a zero is 0, and so is all state of it. */
  readonly masks?: ReadonlyMap<string, Tensor>;
}

/** What changes from step to step. */
export interface StepScalars {
  readonly learningRate: StepScalar;
  /** Counts from 1. */
  readonly iteration: StepScalar;
}

/** Gradients of penalties by parameter name and place of the term among those that fall on it. */
export type PenaltyGradients = Readonly<Record<string, Tensor>>;

const placeOf = ({ name }: Parameter, index: number) => `${name}/${index}`;

/** Minimises a data loss plus penalties, one gradient at a time. */
export interface Descent {
  /** What the optimizer keeps from step to step, by name: "mean/image.fc1.weight". */
  readonly state: ReadonlyMap<string, Variable>;
  /** Brings the parameters to where the next gradient is to be taken; most optimizers stay. */
  lookAhead(): void;
  /** Takes {@link lookAhead} back, where there is no gradient to go on with. */
  retreat(): void;
  /**
   * Makes one step. `gradients` of the data loss by parameter name; they are not disposed. A
   * parameter without a gradient stays as it is.
   *
   * `scalars` take the place of the settings' learning rate and of the number of calls so far where
   * the step is being compiled, or the rate follows a schedule. `penalties` are what
   * {@link penaltyWithGradients} gave at these parameters: they are not made again.
   */
  step(
    gradients: Readonly<Record<string, Tensor>>,
    scalars?: StepScalars,
    penalties?: PenaltyGradients,
  ): void;
  /** Σ R(w) over all terms and parameters they fall on. */
  penalty(): Scalar;
  /** The same with those gradients that come by the way. */
  penaltyWithGradients(): { readonly value: Scalar; readonly gradients: PenaltyGradients };
  /** Begins anew from the parameters as they are: all state is as it was at first. */
  restart(): void;
  dispose(): void;
}

/** A parameter with what descent keeps of it. */
interface ParameterState {
  readonly parameter: Parameter;
  readonly terms: readonly PenaltyTerm[];
  readonly slots: readonly Variable[];
  readonly mask: Tensor | undefined;
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
    mask: settings.masks?.get(parameter.name),
  }));
  const acceleration =
    optimizer.isAccelerated === true ? createAcceleration(parameters) : undefined;
  let iteration = 0;

  const stepOf = ({ kind, name }: Parameter, scalars: StepScalars): OptimizerStep => ({
    learningRate: times(scalars.learningRate, settings.rateFactors?.get(name) ?? 1),
    iteration: minus(scalars.iteration, settings.idleSteps?.get(name) ?? 0),
    momentum: settings.momentum,
    weightDecay: kind === "weight" ? settings.weightDecay : 0,
  });

  return {
    state: new Map([
      ...states.flatMap(({ parameter, slots }) =>
        slots.map((slot, index) => [`${optimizer.slots[index]}/${parameter.name}`, slot] as const),
      ),
      ...(acceleration?.state ?? []),
    ]),
    lookAhead: () => acceleration?.lookAhead(),
    retreat: () => acceleration?.retreat(),
    step(gradients, scalars, penalties = {}) {
      iteration += 1;
      const { learningRate } = settings;
      tidy(() => {
        const points =
          acceleration === undefined
            ? []
            : states.map(({ parameter }) => add(parameter.variable, 0));
        const moving = states.flatMap((state) => {
          const gradient = gradients[state.parameter.name];
          return gradient === undefined
            ? []
            : [{ state, gradient: fullGradient(state, gradient, penalties) }];
        });
        const raw = moving.map(({ gradient }) => gradient);
        const clipped = settings.clip === undefined ? raw : clipGradients(raw, settings.clip);
        for (const [index, { state, gradient }] of moving.entries()) {
          const step = stepOf(state.parameter, scalars ?? { learningRate, iteration });
          tidy(() => {
            descend(optimizer, state, clipped[index] ?? gradient, step);
          });
        }
        acceleration?.conclude(points);
      });
    },
    penalty: () =>
      tidy(() =>
        total(
          states.flatMap(({ terms, parameter }) =>
            terms.map((term) => term.value(parameter.variable)),
          ),
        ),
      ),
    penaltyWithGradients: () =>
      tidy(() => {
        const values: Scalar[] = [];
        const gradients: Record<string, Tensor> = {};
        for (const { terms, parameter } of states) {
          for (const [index, term] of terms.entries()) {
            const both = term.valueAndGradient?.(parameter.variable);
            values.push(both?.value ?? term.value(parameter.variable));
            if (both !== undefined) gradients[placeOf(parameter, index)] = both.gradient;
          }
        }
        return { value: total(values), gradients };
      }),
    restart() {
      iteration = 0;
      for (const slot of states.flatMap(({ slots }) => slots)) {
        tidy(() => {
          slot.assign(zerosLike(slot));
        });
      }
      acceleration?.restart();
    },
    dispose() {
      for (const { slots } of states) for (const slot of slots) slot.dispose();
      acceleration?.dispose();
    },
  };
}

function total(values: readonly Scalar[]): Scalar {
  return values.length === 0 ? scalar(0) : addN<Scalar>([...values]);
}

/** Of loss and differentiable penalties, without the weights that are masked. */
function fullGradient(
  { parameter, terms, mask }: ParameterState,
  gradient: Tensor,
  penalties: PenaltyGradients,
): Tensor {
  const smooth = terms.flatMap(
    (term, index) =>
      penalties[placeOf(parameter, index)] ?? term.gradient?.(parameter.variable) ?? [],
  );
  const sum = smooth.length === 0 ? gradient : add(gradient, addN(smooth));
  return mask === undefined ? sum : mul(sum, mask);
}

function descend(
  optimizer: Optimizer,
  { parameter, terms, slots, mask }: ParameterState,
  gradient: Tensor,
  step: OptimizerStep,
): void {
  const masked = (tensor: Tensor) => (mask === undefined ? tensor : mul(tensor, mask));
  const update = optimizer.update(parameter.variable, gradient, slots, step);
  const weights = terms.reduce(
    (value, term) => term.proximal?.(value, update.stepSize) ?? value,
    update.weights,
  );
  parameter.variable.assign(masked(weights));
  for (const [index, slot] of slots.entries()) {
    const value = update.slots[index];
    if (value !== undefined) slot.assign(masked(value));
  }
}
