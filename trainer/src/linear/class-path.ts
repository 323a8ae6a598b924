import { renewCurvature } from "./class-curvature.ts";
import {
  type ClassPathRequest,
  createProblem,
  type Problem,
  pass,
  startAtNull,
} from "./class-problem.ts";
import { penaltyOf, takeStep, violationOf } from "./class-step.ts";
import type { Strength } from "./gram-path.ts";
import type { Kernels } from "./solver/kernels.ts";
import { centreMoments, type TrainingMoments } from "./training-moments.ts";

/** Fits along a path, in the order of its strengths. */
export interface ClassFits {
  /** [fits, classes, columns], in the features' units. */
  readonly coefficients: Float64Array;
  /** [fits, classes]. */
  readonly intercepts: Float64Array;
  /** Mean −log probability of the held rows' labels; empty without held rows. */
  readonly errors: Float64Array;
  /** Share of held rows whose likeliest class is their own. */
  readonly accuracies: Float64Array;
  /** Violations of the optimality conditions as `tolerance` counts them. */
  readonly gaps: Float64Array;
  readonly sweeps: Float64Array;
}

/** Passes over the rows that a new curvature costs, by the number of features. */
const PASSES_PER_COLUMN = 1 / 16;
/**
 * Logistic and softmax regression with an elastic net along a path: proximal Newton steps whose
 * curvature matrix is kept as long as it serves, since making it costs as much as many gradients.
 *
 * Softmax takes the classes' own blocks of the curvature, times K/(K−1), which is exact for equal
 * probabilities.
 *
 * @see Lee, Sun & Saunders 2014, doi:10.1137/130921428, algorithm 1.
 * @see Friedman, Hastie & Tibshirani 2010, doi:10.18637/jss.v033.i01, sections 3 and 4.
 */
export function classPath(kernels: Kernels, request: ClassPathRequest): ClassFits {
  kernels.reset();
  const training = centreMoments(kernels, request);
  const { outputs: classes, columns } = request.design;
  const fits = request.strengths.length;
  const problem = createProblem(kernels, request, training);
  const hasHeld = request.held.length > 0;
  const found: ClassFits = {
    coefficients: new Float64Array(fits * classes * columns),
    intercepts: new Float64Array(fits * classes),
    errors: new Float64Array(hasHeld ? fits : 0),
    accuracies: new Float64Array(hasHeld ? fits : 0),
    gaps: new Float64Array(fits),
    sweeps: new Float64Array(fits),
  };
  startAtNull(kernels, problem);
  request.strengths.forEach((strength, fit) => {
    if (fit > 1) extrapolate(kernels, problem);
    solve(kernels, problem, strength, request, found, fit);
    keep(kernels, problem, training, request, found, fit);
  });
  return found;
}

/** w ← 2w − before, except where a weight would leave zero or change its sign; before ← w. */
function extrapolate(kernels: Kernels, { classes, ld, w, before }: Problem): void {
  const now = kernels.floats(w, classes * ld);
  const last = kernels.floats(before, classes * ld);
  for (let at = 0; at < now.length; at++) {
    const value = now[at] ?? 0;
    const next = 2 * value - (last[at] ?? 0);
    last[at] = value;
    now[at] = next * value > 0 ? next : 0;
  }
}

function solve(
  kernels: Kernels,
  problem: Problem,
  strength: Strength,
  { tolerance, mostSteps }: ClassPathRequest,
  found: ClassFits,
  fit: number,
): void {
  const { rows } = problem;
  const penalty = { l1: strength.l1 * rows, l2: strength.l2 * rows };
  const goal = tolerance * problem.scale * rows;
  let objective = pass(kernels, problem, problem.w, problem.slopes);
  objective += penaltyOf(kernels, problem, problem.w, penalty);
  let violation = violationOf(kernels, problem, penalty);
  let steps = 0;
  let isNew = false;
  while (violation > goal && steps < mostSteps) {
    const last = violation;
    const next = takeStep(kernels, problem, penalty, objective);
    steps += 1;
    if (next === undefined) {
      if (isNew) break;
      renewCurvature(kernels, problem);
      isNew = true;
      continue;
    }
    objective = next;
    isNew = false;
    violation = violationOf(kernels, problem, penalty);
    if (violation > goal && isWorthNew(problem, violation / last, violation / goal)) {
      renewCurvature(kernels, problem);
      isNew = true;
    }
  }
  found.gaps[fit] = problem.scale > 0 ? violation / (problem.scale * rows) : 0;
  found.sweeps[fit] = steps;
}

/** Whether the passes that are left at this rate cost more than a new curvature. */
function isWorthNew({ columns }: Problem, rate: number, left: number): boolean {
  if (rate < 0.1) return false;
  const passes = rate < 1 ? Math.log(left) / -Math.log(rate) : Number.POSITIVE_INFINITY;
  return passes > 2 + columns * PASSES_PER_COLUMN;
}

/** Copies the fit, in the features' units, and measures it. */
function keep(
  kernels: Kernels,
  problem: Problem,
  { mean, scale }: TrainingMoments,
  { shiftX }: ClassPathRequest,
  found: ClassFits,
  fit: number,
): void {
  const { classes, ld, columns, w } = problem;
  const weights = kernels.floats(w, classes * ld + classes);
  if (fit === 0)
    kernels.floats(problem.before, classes * ld).set(weights.subarray(0, classes * ld));
  for (let k = 0; k < classes; k++) {
    let intercept = weights[classes * ld + k] ?? 0;
    for (let j = 0; j < columns; j++) {
      const weight = (weights[k * ld + j] ?? 0) / (scale[j] ?? 0);
      found.coefficients[(fit * classes + k) * columns + j] = weight;
      intercept -= weight * ((mean[j] ?? 0) + (shiftX[j] ?? 0));
    }
    found.intercepts[fit * classes + k] = intercept;
  }
  const { heldRows, heldX, heldLabels, scratch, hits } = problem;
  if (heldRows === 0) return;
  const loss = kernels.classPass(
    ...[heldX, heldRows, ld, heldLabels, classes, w, w + classes * ld * 8],
    ...[0, 0, 0, scratch, hits],
  );
  found.errors[fit] = loss / heldRows;
  found.accuracies[fit] = (kernels.floats(hits, 1)[0] ?? 0) / heldRows;
}
