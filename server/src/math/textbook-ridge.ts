import { type Addend, addendsOf, addendValue, isMixedSum, sumOf } from "./addends.ts";
import { shapeUnder, TYPICAL_LENGTHS } from "./assign-shapes.ts";
import { evaluate, type Values } from "./evaluate.ts";
import { type GradientProblem, penaltyScale } from "./gradient-problem.ts";
import { binaryIr, type Ir, numberIr, type SymbolIr, sizeIr, squaredNormIr } from "./ir.ts";
import { childrenOf, dependsOn, structuralKey } from "./ir-walk.ts";
import {
  judgeGradient,
  type PartVerdict,
  type SamplePoint,
  samplePoints,
} from "./judge-gradient.ts";
import { proportion } from "./proportion.ts";
import { remembered } from "./remembered.ts";
import { tensor } from "./tensor.ts";

/** A step that is recognisably one of ridge regression, measured against the textbook objective. */
export interface RidgeStep {
  readonly data: PartVerdict;
  readonly penalty: PartVerdict;
  readonly lambda: SymbolIr;
  /** The data term is a multiple of the residual itself: Xᵀ is missing. */
  readonly isResidualAlone: boolean;
}

/**
 * Compares a gradient that has no loss beside it with that of
 * J = 1/(2m) Σᵢ(hᵢ − yᵢ)² + λ/(2m) ‖θ‖², h affine in θ.
 *
 * The choice of J does no harm: only the ratio of the two factors is ever judged, and halving J
 * halves both. `undefined` unless the step has exactly one residual, affine in θ, and one penalty
 * term with one λ.
 *
 * @see Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed., eq. (3.41),
 *   there without the factor 1/(2m).
 */
export function textbookRidge(problem: GradientProblem): RidgeStep | undefined {
  const { parameter, penalty } = problem;
  const residual = onlyResidual(problem);
  if (residual === undefined || penalty.length !== 1) return undefined;
  const lambda = penaltyScale(problem);
  const samples = sampleAxis(residual, problem);
  if (lambda === undefined || samples === undefined) return undefined;
  const count = binaryIr("*", numberIr(2), sizeIr(residual, samples));
  const data = binaryIr("/", squaredNormIr(residual), count);
  const ridge = binaryIr("/", binaryIr("*", lambda, squaredNormIr(parameter)), count);
  const loss = { data: addendsOf(data, parameter.key), penalty: addendsOf(ridge, parameter.key) };
  const judged = judgeRidge({ ...problem, loss });
  return judged && { ...judged, lambda };
}

const judgeRidge = remembered((judged): Omit<RidgeStep, "lambda"> | undefined => {
  const residual = onlyResidual(judged);
  const points = [...samplePoints(judged)].filter((point) => point !== undefined);
  const verdict = judgeGradient(judged);
  if (residual === undefined || points.length === 0 || verdict === undefined) return undefined;
  if (!points.every(({ values }) => isAffine(residual, judged.parameter, values))) {
    return undefined;
  }
  const isResidualAlone = isMultipleOf(residual, judged.data, points);
  return { data: verdict.data, penalty: verdict.penalty, isResidualAlone };
});

/**
 * Whether a step climbs ½ Σᵢ(hᵢ − yᵢ)², h affine in θ: the one residual enters it with the wrong sign.
 *
 * False unless the step holds exactly one such residual, of several samples, and features.
 */
export function climbsSquares(problem: GradientProblem): boolean {
  const { parameter } = problem;
  const residual = onlyResidual(problem);
  if (residual === undefined || sampleAxis(residual, problem) === undefined) return false;
  const loss = { data: addendsOf(squaredNormIr(residual), parameter.key), penalty: [] };
  return isClimbing({ ...problem, loss });
}

const isClimbing = remembered((judged): boolean => {
  const residual = onlyResidual(judged);
  const points = [...samplePoints(judged)].filter((point) => point !== undefined);
  if (residual === undefined || points.length === 0) return false;
  if (!points.every(({ values }) => isAffine(residual, judged.parameter, values))) return false;
  const data = judgeGradient(judged)?.data;
  return data?.kind === "scaled" && data.sign === -1;
});

/** The one difference of something with the parameter and something without it. */
function onlyResidual(problem: GradientProblem): Ir | undefined {
  const found = new Map<string, Ir>();
  const visit = (ir: Ir): void => {
    if (isMixedSum(ir, problem.parameter.key)) found.set(structuralKey(ir), ir);
    else for (const child of childrenOf(ir)) visit(child);
  };
  for (const addend of problem.data) visit(addendValue(addend));
  return found.size === 1 ? [...found.values()][0] : undefined;
}

/** Axis of the residual that runs over the samples; none when the step is for a single sample. */
function sampleAxis(residual: Ir, problem: GradientProblem): number | undefined {
  const axis = shapeUnder(residual, problem.axes)?.indexOf(TYPICAL_LENGTHS.m) ?? -1;
  return axis === -1 ? undefined : axis;
}

/** r(θ) + r(θ′) = r(θ + θ′) + r(0) at one pair of points. */
function isAffine(residual: Ir, parameter: SymbolIr, values: Values): boolean {
  const theta = values.get(parameter.key);
  if (theta === undefined || !dependsOn(residual, parameter.key)) return false;
  const at = (scale: number, shift: number) =>
    evaluate(
      residual,
      new Map(values).set(
        parameter.key,
        tensor(
          theta.shape,
          theta.data.map((value, index) => scale * value + shift * (index + 1)),
        ),
      ),
    );
  const [first, second, both, none] = [at(1, 0), at(0, 1), at(1, 1), at(0, 0)];
  if (!(first && second && both && none)) return false;
  return first.data.every((value, index) => {
    const left = value + (second.data[index] ?? 0);
    const right = (both.data[index] ?? 0) + (none.data[index] ?? 0);
    return Math.abs(left - right) <= 1e-9 * (1 + Math.abs(left));
  });
}

function isMultipleOf(
  residual: Ir,
  data: readonly Addend[],
  points: readonly SamplePoint[],
): boolean {
  return points.every(({ values }) => {
    const given = evaluate(sumOf(data), values);
    const target = evaluate(residual, values);
    if (given === undefined || target === undefined) return false;
    if (given.data.length !== target.data.length) return false;
    const flat = [target.data.length];
    return (
      proportion({ shape: flat, data: given.data }, { shape: flat, data: target.data }) !==
      undefined
    );
  });
}
