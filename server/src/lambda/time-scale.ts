import type { Convention, Quantities, Quantity, Values } from "./convention.ts";

/** How fast weights without a gradient shrink. */
export interface TimeScale {
  /** Share of a weight that goes in one step, in (0, 1). */
  readonly rate: number;
  /** τ: steps until a weight is at 1/e. */
  readonly steps: number;
  /** Steps until it is halved. */
  readonly halfLife: number;
  /** In epochs, where steps of an epoch are known. */
  readonly halfLifeEpochs: number | undefined;
  /** Share that is left after the whole run at a constant rate, where its steps are known. */
  readonly left: number | undefined;
  /** Numbers that the rate was computed with, and those that the rest was. */
  readonly used: { readonly rate: readonly Quantity[]; readonly rest: readonly Quantity[] };
}

/** Steps that a share is told for. */
export const SHOWN_STEPS = 1000;

/**
 * Time scale of a weight decay. `undefined` for 0, for what is no shrinkage of weights by itself
 * (a penalty that Adam rescales, a penalty without an optimizer), for a rate of 1 and more, and
 * where the learning rate is not known.
 *
 * A decay shrinks by lr·w in a step; the same as a penalty under momentum μ by about lr·w/(1 − μ).
 */
export function timeScale(
  convention: Convention,
  values: Values,
  known: Quantities,
): TimeScale | undefined {
  const { learningRate } = known;
  const shrink = shrinkOf(convention, values, known);
  if (learningRate === undefined || shrink === undefined) return undefined;
  const rate = learningRate * shrink.decay;
  if (!(rate > 0 && rate < 1)) return undefined;
  const perStep = -Math.log1p(-rate);
  const halfLife = Math.LN2 / perStep;
  const { stepsPerEpoch, samples, batchSize, steps } = known;
  const counted =
    samples !== undefined && batchSize !== undefined ? Math.ceil(samples / batchSize) : undefined;
  const epoch = stepsPerEpoch ?? counted;
  const fromCount: readonly Quantity[] = counted === undefined ? [] : ["samples", "batchSize"];
  const epochUsed: readonly Quantity[] =
    stepsPerEpoch === undefined ? fromCount : ["stepsPerEpoch"];
  return {
    rate,
    steps: 1 / perStep,
    halfLife,
    halfLifeEpochs: epoch === undefined ? undefined : halfLife / epoch,
    left: steps === undefined ? undefined : Math.exp(-perStep * steps),
    used: {
      rate: ["learningRate", ...shrink.used],
      rest: [...epochUsed, ...(steps === undefined ? [] : STEPS)],
    },
  };
}

const STEPS: readonly Quantity[] = ["steps"];

/** Share of a weight that is gone after `steps`. */
export function goneAfter({ rate }: TimeScale, steps: number): number {
  return -Math.expm1(steps * Math.log1p(-rate));
}

interface Shrink {
  readonly decay: number;
  readonly used: readonly Quantity[];
}

function shrinkOf(
  { decay, penalty, isRescaled }: Convention,
  values: Values,
  known: Quantities,
): Shrink | undefined {
  const { momentum } = known;
  const needs = decay?.needs ?? [];
  if (decay !== undefined && needs.every((quantity) => known[quantity] !== undefined)) {
    const value = decay.decay(values, known);
    if (value !== undefined) return { decay: value, used: needs };
  }
  // A penalty tells how weights move only with its optimizer, and that is SGD where a step is known.
  const isStep = decay !== undefined && isRescaled !== true && momentum !== undefined;
  if (!isStep || momentum >= 1 || penalty === undefined) return undefined;
  const terms = penalty.terms(values, known);
  return terms === undefined ? undefined : { decay: terms.l2 / (1 - momentum), used: ["momentum"] };
}
