import { sumOf } from "./addends.ts";
import { drawValues, PROBLEM_SIZES, REGIMES, type Regime } from "./draw-values.ts";
import { evaluate, type Values } from "./evaluate.ts";
import { type GradientProblem, labelKeys, learningRates } from "./gradient-problem.ts";
import { numericGradient } from "./numeric-gradient.ts";
import { commonFactor, type Factor, proportion } from "./proportion.ts";
import { randomSource } from "./random-source.ts";
import { remembered } from "./remembered.ts";
import { scalar, slice, type Tensor } from "./tensor.ts";

/** How one part of a hand-written gradient relates to the same part of its loss. */
export type PartVerdict =
  /** Neither the loss nor the gradient has the part. */
  | { readonly kind: "absent" }
  /** The loss has it and the gradient does not. */
  | { readonly kind: "missing" }
  /** The gradient has it and the loss does not. */
  | { readonly kind: "added" }
  /** The gradient's part is `factor` times the right one; `undefined` where that varies. */
  | {
      readonly kind: "scaled";
      readonly factor: Factor | undefined;
      /** Of the factor, for positive scalars. */
      readonly sign: 1 | -1 | undefined;
    }
  /** The gradient's part is no multiple of the right one. */
  | {
      readonly kind: "wrong-form";
      /** Whether it would be one without the first entries, which belong to an intercept. */
      readonly isFirstEntry: boolean;
    };

export interface GradientVerdict {
  readonly data: PartVerdict;
  readonly penalty: PartVerdict;
  /** Data factor over penalty factor; `undefined` where either is none or their ratio varies. */
  readonly ratio: Factor | undefined;
}

const SEED = 20_240_229;
/** Draws that fail, at a kink or outside the domain of a logarithm, are tried again this often. */
const MOST_RETRIES = 4;

/**
 * Compares a hand-written gradient with central differences of its loss at random small problems.
 *
 * Data and penalty are compared by themselves. Learning rates are set to 1: they scale both parts
 * alike. A form is wrong only if it is wrong for real targets and for every kind of label.
 * The points are the same at every call. `undefined` when no finite point is found.
 */
export const judgeGradient = remembered(judge);

function judge(problem: GradientProblem): GradientVerdict | undefined {
  let wrong: GradientVerdict | undefined;
  for (const regime of REGIMES) {
    const verdict = judgeAt(problem, samplePoints(problem, regime));
    if (verdict !== undefined && !isWrong(verdict) && verdict.data.kind !== "added") return verdict;
    wrong ??= verdict;
  }
  return wrong;
}

const isWrong = ({ data, penalty }: GradientVerdict): boolean =>
  data.kind === "wrong-form" || penalty.kind === "wrong-form";

/** The gradient of one part as it was written and as it should be, at one point. */
interface Pair {
  readonly given: Tensor | undefined;
  readonly wanted: Tensor;
  readonly samples: number;
}

/** Stops at the first point that shows a wrong form; `undefined` when a point cannot be found. */
function judgeAt(
  problem: GradientProblem,
  points: Iterable<SamplePoint | undefined>,
): GradientVerdict | undefined {
  const [data, penalty]: [Pair[], Pair[]] = [[], []];
  const givenData = sumOf(problem.data);
  const givenPenalty = sumOf(problem.penalty);
  let verdicts: readonly [Comparison, Comparison] | undefined;
  for (const point of points) {
    if (point === undefined) return undefined;
    const { values, samples, gradient } = point;
    data.push({ given: evaluate(givenData, values), wanted: gradient.data, samples });
    penalty.push({ given: evaluate(givenPenalty, values), wanted: gradient.penalty, samples });
    verdicts = [
      comparePart(data, problem.data.length > 0),
      comparePart(penalty, problem.penalty.length > 0),
    ];
    if (verdicts.some(({ verdict }) => verdict.kind === "wrong-form")) break;
  }
  if (verdicts === undefined) return undefined;
  const [{ verdict, factors }, other] = verdicts;
  const ratios = data.flatMap(({ samples }, index) => {
    const top = factors[index];
    const bottom = other.factors[index];
    return top === undefined || bottom === undefined ? [] : [{ factor: top / bottom, samples }];
  });
  return {
    data: verdict,
    penalty: other.verdict,
    ratio: ratios.length === data.length ? commonFactor(ratios) : undefined,
  };
}

export interface SamplePoint {
  readonly values: Values;
  readonly samples: number;
  /** Central differences of the two parts of the loss. */
  readonly gradient: { readonly data: Tensor; readonly penalty: Tensor };
}

/**
 * One point for every problem size, at which the loss has a finite gradient; `undefined` for a
 * size at which none is found.
 */
export function* samplePoints(
  problem: GradientProblem,
  regime: Regime = "real",
): Generator<SamplePoint | undefined> {
  const { loss, parameter } = problem;
  const rates = learningRates(problem);
  const labels = labelKeys(problem);
  const parts = { data: sumOf(loss?.data ?? []), penalty: sumOf(loss?.penalty ?? []) };
  for (const [index, lengths] of PROBLEM_SIZES.entries()) {
    let point: SamplePoint | undefined;
    for (let retry = 0; retry < MOST_RETRIES && point === undefined; retry += 1) {
      const random = randomSource(SEED + 97 * index + retry);
      const drawing = { lengths, random, isPositive: retry >= 2, regime, labels };
      const values = drawValues(problem.symbols, problem.axes, drawing);
      for (const key of rates) values.set(key, scalar(1));
      const data = numericGradient(parts.data, parameter.key, values);
      const penalty = data && numericGradient(parts.penalty, parameter.key, values);
      if (data !== undefined && penalty !== undefined) {
        point = { values, samples: lengths.m, gradient: { data, penalty } };
      }
    }
    yield point;
  }
}

interface Comparison {
  readonly verdict: PartVerdict;
  /** One a pair, when the part is a multiple of the right one in every pair. */
  readonly factors: readonly number[];
}

function comparePart(pairs: readonly Pair[], gradientHasIt: boolean): Comparison {
  const none = (kind: "absent" | "missing" | "added"): Comparison => ({
    verdict: { kind },
    factors: [],
  });
  const lossHasIt = pairs.some(({ wanted }) => isNonZero(wanted));
  if (!lossHasIt) return none(gradientHasIt ? "added" : "absent");
  if (!gradientHasIt) return none("missing");
  const seen: { factor: number; samples: number }[] = [];
  for (const { given, wanted, samples } of pairs) {
    if (given === undefined) return none("absent");
    const factor = proportion(given, wanted);
    if (factor === undefined) {
      const isFirstEntry = isMultipleBelowFirst(given, wanted);
      return { verdict: { kind: "wrong-form", isFirstEntry }, factors: [] };
    }
    seen.push({ factor, samples });
  }
  const factors = seen.map(({ factor }) => factor);
  return {
    verdict: { kind: "scaled", factor: commonFactor(seen), sign: signOf(factors) },
    factors,
  };
}

function signOf(factors: readonly number[]): 1 | -1 | undefined {
  if (factors.every((factor) => factor > 0)) return 1;
  return factors.every((factor) => factor < 0) ? -1 : undefined;
}

function isMultipleBelowFirst(given: Tensor, wanted: Tensor): boolean {
  const [rest, right] = [slice(given, 1, undefined), slice(wanted, 1, undefined)];
  return (
    rest !== undefined &&
    right !== undefined &&
    right.data.length > 1 &&
    proportion(rest, right) !== undefined
  );
}

const isNonZero = ({ data }: Tensor): boolean => data.some((value) => Math.abs(value) > 1e-8);
