/** The few ways in which APIs place a number in an objective. */
import type { DecaySide, LeafSide, PenaltySide, Quantity, Terms, Values } from "./convention.ts";

type Place = Pick<PenaltySide, "over" | "loss" | "intercept">;

/** The user's own mean loss. */
export const ANY_MEAN: Place = { over: "mean", loss: "any", intercept: "chosen" };

const OVER: Readonly<Record<PenaltySide["over"], string>> = {
  mean: "",
  samples: " / n",
  batch: " / B",
};

/** Σ loss + t·‖w‖² is n times mean loss + (t / n)·‖w‖². */
const perSample = (place: Place, text: string): string => `${text}${OVER[place.over]}`;

export const numberOf = (values: Values, name: string): number => values[name] ?? Number.NaN;

/** `name` times `half` is λ₂/2: `half` is 1 for λ‖w‖² and ½ for (λ/2)‖w‖². */
export function l2Side(place: Place, name: string, half: 0.5 | 1): PenaltySide {
  return {
    ...place,
    formula: `λ₂ = ${perSample(place, `${twice(half)}${name}`)}`,
    terms: (values) => ({ l1: 0, l2: 2 * half * numberOf(values, name) }),
    values: ({ l1, l2 }) => (l1 === 0 ? { [name]: l2 / (2 * half) } : undefined),
  };
}

const twice = (half: 0.5 | 1): string => (half === 1 ? "2·" : "");

/** `name`·‖w‖₁. */
export function l1Side(place: Place, name: string): PenaltySide {
  return {
    ...place,
    formula: `λ₁ = ${perSample(place, name)}`,
    terms: (values) => ({ l1: numberOf(values, name), l2: 0 }),
    values: ({ l1, l2 }) => (l2 === 0 ? { [name]: l1 } : undefined),
  };
}

/** `l1`·‖w‖₁ + `l2`·`half`·‖w‖², two numbers. */
export function twoTermSide(
  place: Place,
  names: { readonly l1: string; readonly l2: string },
  half: 0.5 | 1,
): PenaltySide {
  return {
    ...place,
    formula: `λ₁ = ${perSample(place, names.l1)}, λ₂ = ${perSample(place, `${twice(half)}${names.l2}`)}`,
    terms: (values) => ({
      l1: numberOf(values, names.l1),
      l2: 2 * half * numberOf(values, names.l2),
    }),
    values: ({ l1, l2 }) => ({ [names.l1]: l1, [names.l2]: l2 / (2 * half) }),
  };
}

interface MixNames {
  readonly strength: string;
  readonly ratio: string;
}

/** a·r·‖w‖₁ + a·(1 − r)/2·‖w‖². A strength of 0 has no ratio; it is written with ratio 0. */
export function mixSide(place: Place, { strength, ratio }: MixNames): PenaltySide {
  return {
    ...place,
    formula: `λ₁ = ${perSample(place, `${strength}·${ratio}`)}, λ₂ = ${perSample(place, `${strength}·(1 − ${ratio})`)}`,
    terms: (values) => mixTerms(numberOf(values, strength), numberOf(values, ratio)),
    values: ({ l1, l2 }) => ({ [strength]: l1 + l2, [ratio]: shareOf(l1, l2) }),
  };
}

/** The same with the inverse strength C = 1/a; without a penalty there is no finite C. */
export function inverseMixSide(place: Place, { strength, ratio }: MixNames): PenaltySide {
  return {
    ...place,
    formula: `λ₁ = ${ratio} / (${strength}·n), λ₂ = (1 − ${ratio}) / (${strength}·n)`,
    terms: (values) => mixTerms(1 / numberOf(values, strength), numberOf(values, ratio)),
    values: ({ l1, l2 }) =>
      l1 + l2 > 0 ? { [strength]: 1 / (l1 + l2), [ratio]: shareOf(l1, l2) } : undefined,
  };
}

/** (1/(2C))‖w‖² beside a sum of losses over all samples. */
export function inverseSide(place: Place, name: string): PenaltySide {
  return {
    ...place,
    formula: `λ₂ = 1 / (${name}·n)`,
    terms: (values) => ({ l1: 0, l2: 1 / numberOf(values, name) }),
    values: ({ l1, l2 }) => (l1 === 0 && l2 > 0 ? { [name]: 1 / l2 } : undefined),
  };
}

function mixTerms(strength: number, ratio: number): Terms {
  return { l1: strength * ratio, l2: strength * (1 - ratio) };
}

function shareOf(l1: number, l2: number): number {
  return l1 === 0 ? 0 : l1 / (l1 + l2);
}

/** w ← (1 − lr·`name`)·w. */
export function decaySide(name: string): DecaySide {
  return {
    formula: `d = ${name}`,
    decay: (values) => numberOf(values, name),
    values: (decay) => ({ [name]: decay }),
  };
}

/** w ← (1 − `name`)·w, whatever the learning rate: the same as decay `name`/lr. */
export function independentDecaySide(name: string): DecaySide {
  return {
    formula: `d = ${name} / lr`,
    needs: ["learningRate"],
    decay: (values, { learningRate = Number.NaN }) => numberOf(values, name) / learningRate,
    values: (decay, { learningRate = Number.NaN }) => ({ [name]: decay * learningRate }),
  };
}

const MOMENTUM: readonly Quantity[] = ["momentum"];

/** Without momentum a step w − lr·(g + λw) is (1 − lr·λ)·w − lr·g: penalty and decay are one. */
export function plainStepDecaySide(name: string): DecaySide {
  return {
    formula: `d = ${name}, without momentum`,
    needs: MOMENTUM,
    decay: (values, { momentum }) => (momentum === 0 ? numberOf(values, name) : undefined),
    values: (decay, { momentum }) => (momentum === 0 ? { [name]: decay } : undefined),
  };
}

/** The other way round: a decay that is also a penalty where there is no momentum. */
export function plainStepPenaltySide(name: string): PenaltySide {
  return {
    ...ANY_MEAN,
    formula: `λ₂ = ${name}, without momentum`,
    needs: MOMENTUM,
    terms: (values, { momentum }) =>
      momentum === 0 ? { l1: 0, l2: numberOf(values, name) } : undefined,
    values: ({ l1, l2 }, { momentum }) => (l1 === 0 && momentum === 0 ? { [name]: l2 } : undefined),
  };
}

export function leafSide(names: { readonly l1: string; readonly l2: string }): LeafSide {
  return {
    formula: `λ₁ = ${names.l1}, λ₂ = ${names.l2}`,
    terms: (values) => ({ l1: numberOf(values, names.l1), l2: numberOf(values, names.l2) }),
    values: ({ l1, l2 }) => ({ [names.l1]: l1, [names.l2]: l2 }),
  };
}
