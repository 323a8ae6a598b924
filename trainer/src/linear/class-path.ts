import { renewCurvature } from "./class-curvature.ts";
import { createExtrapolation } from "./class-extrapolation.ts";
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
/** Steps from which on their mean rate says how many are left. */
const STEPS_TO_JUDGE = 3;

/**
 * Logistic and softmax regression with an elastic net along a path: proximal Newton steps whose
 * curvature matrix is kept as long as it serves, since making it costs as much as many gradients.
 * What the last steps have shown makes up for its age (`createMixing`), and every fit begins where the
 * last ones lead to (`createExtrapolation`).
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
  const extrapolation = createExtrapolation();
  request.strengths.forEach((strength, fit) => {
    const guess = extrapolation.at(strength.l1 + strength.l2);
    const weights = () => kernels.floats(problem.w, classes * problem.ld);
    if (guess !== undefined) weights().set(guess);
    solve(kernels, problem, strength, request, found, fit);
    extrapolation.keep(strength.l1 + strength.l2, weights());
    keep(kernels, problem, training, request, found, fit);
  });
  return found;
}

function solve(
  kernels: Kernels,
  problem: Problem,
  strength: Strength,
  { tolerance, mostSteps }: ClassPathRequest,
  found: ClassFits,
  fit: number,
): void {
  const { rows, mixing } = problem;
  const penalty = { l1: strength.l1 * rows, l2: strength.l2 * rows };
  const goal = tolerance * problem.scale * rows;
  let objective = pass(kernels, problem, problem.w, problem.slopes);
  objective += penaltyOf(kernels, problem, problem.w, penalty);
  let violation = violationOf(kernels, problem, penalty);
  let steps = 0;
  mixing.forget();
  // Where this fit began, or where its curvature was made.
  let since = { violation, steps, isRenewed: false };
  const renew = () => {
    renewCurvature(kernels, problem);
    mixing.forget();
    since = { violation, steps, isRenewed: true };
  };
  while (violation > goal && steps < mostSteps) {
    const next = takeStep(kernels, problem, penalty, objective);
    steps += 1;
    const made = steps - since.steps;
    if (next === undefined) {
      if (since.isRenewed && made === 1) break;
      renew();
      continue;
    }
    objective = next;
    violation = violationOf(kernels, problem, penalty);
    const rate = (violation / since.violation) ** (1 / made);
    if (made >= STEPS_TO_JUDGE && isWorthNew(problem, rate, violation / goal)) renew();
  }
  found.gaps[fit] = problem.scale > 0 ? violation / (problem.scale * rows) : 0;
  found.sweeps[fit] = steps;
}

/** Whether the passes that are left at this rate cost more than a new curvature. */
function isWorthNew({ columns }: Problem, rate: number, left: number): boolean {
  if (left <= 1) return false;
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
