import { type Addend, sumOf } from "./addends.ts";
import { drawValues, PROBLEM_SIZES, REGIMES, type Regime } from "./draw-values.ts";
import { evaluate, type Values } from "./evaluate.ts";
import { type GradientProblem, labelKeys, learningRates } from "./gradient-problem.ts";
import { numericGradient } from "./numeric-gradient.ts";
import { commonFactor, type Factor, proportion } from "./proportion.ts";
import { randomSource } from "./random-source.ts";
import { scalar, type Tensor } from "./tensor.ts";

/** How one part of a hand-written gradient relates to the same part of its loss. */
export type PartVerdict =
  /** Neither the loss nor the gradient has the part. */
  | { readonly kind: "absent" }
  /** The loss has it and the gradient does not. */
  | { readonly kind: "missing" }
  /** The gradient has it and the loss does not. */
  | { readonly kind: "added" }
  /** The gradient's part is `factor` times the right one; `undefined` where that varies. */
  | { readonly kind: "scaled"; readonly factor: Factor | undefined }
  /** The gradient's part is no multiple of the right one. */
  | { readonly kind: "wrong-form" };

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
export function judgeGradient(problem: GradientProblem): GradientVerdict | undefined {
  let wrong: GradientVerdict | undefined;
  for (const regime of REGIMES) {
    const points = samplePoints(problem, regime);
    const verdict = points && judgeAt(problem, points);
    if (verdict !== undefined && !isWrong(verdict)) return verdict;
    wrong ??= verdict;
  }
  return wrong;
}

const isWrong = ({ data, penalty }: GradientVerdict): boolean =>
  data.kind === "wrong-form" || penalty.kind === "wrong-form";

function judgeAt(problem: GradientProblem, points: readonly SamplePoint[]): GradientVerdict {
  const data = comparePart(problem, problem.data, problem.loss?.data ?? [], points);
  const penalty = comparePart(problem, problem.penalty, problem.loss?.penalty ?? [], points);
  const ratios = points.flatMap(({ samples }, index) => {
    const top = data.factors[index];
    const bottom = penalty.factors[index];
    return top === undefined || bottom === undefined ? [] : [{ factor: top / bottom, samples }];
  });
  return {
    data: data.verdict,
    penalty: penalty.verdict,
    ratio: ratios.length === points.length ? commonFactor(ratios) : undefined,
  };
}

export interface SamplePoint {
  readonly values: Values;
  readonly samples: number;
}

/** One point for every problem size, at which the loss has a finite gradient. */
export function samplePoints(
  problem: GradientProblem,
  regime: Regime = "real",
): readonly SamplePoint[] | undefined {
  if (problem.loss === undefined) return undefined;
  const loss = sumOf([...problem.loss.data, ...problem.loss.penalty]);
  const rates = learningRates(problem);
  const labels = labelKeys(problem);
  const points: SamplePoint[] = [];
  for (const [index, lengths] of PROBLEM_SIZES.entries()) {
    let point: SamplePoint | undefined;
    for (let retry = 0; retry < MOST_RETRIES && point === undefined; retry += 1) {
      const random = randomSource(SEED + 97 * index + retry);
      const drawing = { lengths, random, isPositive: retry >= 2, regime, labels };
      const values = drawValues(problem.symbols, problem.axes, drawing);
      for (const key of rates) values.set(key, scalar(1));
      if (numericGradient(loss, problem.parameter.key, values) !== undefined) {
        point = { values, samples: lengths.m };
      }
    }
    if (point === undefined) return undefined;
    points.push(point);
  }
  return points;
}

interface Comparison {
  readonly verdict: PartVerdict;
  /** One a point, when the part is a multiple of the right one at every point. */
  readonly factors: readonly number[];
}

function comparePart(
  problem: GradientProblem,
  given: readonly Addend[],
  loss: readonly Addend[],
  points: readonly SamplePoint[],
): Comparison {
  const { parameter } = problem;
  const none = (kind: "absent" | "missing" | "added"): Comparison => ({
    verdict: { kind },
    factors: [],
  });
  const pairs = points.map(({ values, samples }) => ({
    samples,
    given: evaluate(sumOf(given), values),
    wanted: numericGradient(sumOf(loss), parameter.key, values),
  }));
  const lossHasIt = pairs.some(({ wanted }) => wanted !== undefined && isNonZero(wanted));
  const gradientHasIt = given.length > 0;
  if (!lossHasIt) return none(gradientHasIt ? "added" : "absent");
  if (!gradientHasIt) return none("missing");
  const seen: { factor: number; samples: number }[] = [];
  for (const pair of pairs) {
    if (pair.given === undefined || pair.wanted === undefined) return none("absent");
    const factor = proportion(pair.given, pair.wanted);
    if (factor === undefined) return { verdict: { kind: "wrong-form" }, factors: [] };
    seen.push({ factor, samples: pair.samples });
  }
  const verdict = { kind: "scaled", factor: commonFactor(seen) } as const;
  return { verdict, factors: seen.map(({ factor }) => factor) };
}

const isNonZero = ({ data }: Tensor): boolean => data.some((value) => Math.abs(value) > 1e-8);
