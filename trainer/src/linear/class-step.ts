import { coupling, type Problem, pass } from "./class-problem.ts";
import { cheapestShift } from "./class-shift.ts";
import type { Address, Kernels } from "./solver/kernels.ts";

/** Sweeps of coordinate descent within one step. */
const MOST_SWEEPS = 200;
/** A step is exact enough when a sweep changes this share of what its first sweep changed. */
const INNER_SHARE = 3e-2;
/** Halvings of a step before it is given up. */
const MOST_HALVINGS = 30;

export interface Penalty {
  /** For sums over rows. */
  readonly l1: number;
  readonly l2: number;
}

/**
 * One step to the minimum of the model, or beyond it where the last steps say so, halved until the
 * objective falls; returns the objective, and `undefined` where no step makes it fall.
 */
export function takeStep(
  kernels: Kernels,
  problem: Problem,
  penalty: Penalty,
  objective: number,
): number | undefined {
  const { classes, ld, w, trial, mixing } = problem;
  const size = classes * ld + classes;
  kernels.floats(trial, size).set(kernels.floats(w, size));
  for (let k = 0; k < classes; k++) minimiseModel(kernels, problem, penalty, k);
  if (classes > 1) shiftClasses(kernels, problem, penalty);
  const to = kernels.floats(trial, size);
  const ahead = mixing.ahead(kernels.floats(w, size), to);
  if (ahead !== undefined) {
    const step = to.slice();
    to.set(ahead);
    const next = tryTrial(kernels, problem, penalty, objective);
    if (next !== undefined) return next;
    mixing.forget();
    kernels.floats(trial, size).set(step);
  }
  for (let halving = 0; halving < MOST_HALVINGS; halving++) {
    const next = tryTrial(kernels, problem, penalty, objective);
    if (next !== undefined) return next;
    const from = kernels.floats(w, size);
    const half = kernels.floats(trial, size);
    for (let at = 0; at < size; at++) half[at] = 0.5 * ((half[at] ?? 0) + (from[at] ?? 0));
  }
  return undefined;
}

/** Makes the trial the weights where that does not raise the objective, and returns its own. */
function tryTrial(
  kernels: Kernels,
  problem: Problem,
  penalty: Penalty,
  objective: number,
): number | undefined {
  const { classes, ld, w, trial, trialSlopes, slopes } = problem;
  const size = classes * ld + classes;
  const loss = pass(kernels, problem, trial, trialSlopes);
  const next = loss + penaltyOf(kernels, problem, trial, penalty);
  if (!(next <= objective + 1e-14 * Math.abs(objective))) return undefined;
  kernels.floats(w, size).set(kernels.floats(trial, size));
  kernels.floats(slopes, size).set(kernels.floats(trialSlopes, size));
  return next;
}

/** Shifts all classes' weights of a feature to where their penalty is least. */
function shiftClasses(
  kernels: Kernels,
  { classes, columns, ld, trial }: Problem,
  penalty: Penalty,
): void {
  const weights = kernels.floats(trial, classes * ld);
  const places = Array.from({ length: classes }, (_, k) => k * ld);
  for (let j = 0; j < columns; j++) {
    const shift = cheapestShift(
      places.map((place) => weights[place + j] ?? 0),
      penalty,
    );
    for (const place of places) weights[place + j] = (weights[place + j] ?? 0) + shift;
  }
}

/** Coordinate descent on one class's model from the weights at `trial`; the intercept follows. */
function minimiseModel(kernels: Kernels, problem: Problem, penalty: Penalty, k: number): void {
  const { classes, ld, columns, trial, w, slopes, q, metrics } = problem;
  const metric = metrics[k];
  const factor = metric === undefined ? 0 : curvatureSum(kernels, problem, k) / metric.made;
  if (metric === undefined || factor <= 0) return;
  const weights = trial + k * ld * 8;
  const intercept = kernels.floats(slopes + (classes * ld + k) * 8, 1)[0] ?? 0;
  const pull = kernels.floats(q, ld);
  const own = kernels.floats(slopes + k * ld * 8, ld);
  // Divided by the factor, so that the matrix serves as it is.
  for (let j = 0; j < ld; j++) {
    pull[j] = (((metric.cross[j] ?? 0) * intercept) / metric.made - (own[j] ?? 0)) / factor;
  }
  const scaled = { l1: penalty.l1 / factor, l2: penalty.l2 / factor };
  descend(kernels, problem, metric.gram, weights, scaled);
  const before = kernels.floats(w + k * ld * 8, columns);
  const after = kernels.floats(weights, columns);
  let moved = intercept;
  for (let j = 0; j < columns; j++)
    moved += factor * (metric.cross[j] ?? 0) * ((after[j] ?? 0) - (before[j] ?? 0));
  const bias = kernels.floats(trial + (classes * ld + k) * 8, 1);
  bias[0] = (bias[0] ?? 0) - moved / (factor * metric.made);
}

/** Σπ(1 − π) of class `k` at the weights of the last pass, as the model takes it. */
function curvatureSum(kernels: Kernels, { classes, rows, curvature }: Problem, k: number): number {
  const own = kernels.floats(curvature, rows * classes);
  let sum = 0;
  for (let at = k; at < own.length; at += classes) sum += own[at] ?? 0;
  return sum * coupling(classes);
}

/** Sweeps until they change next to nothing and no weight outside the list would leave zero. */
function descend(
  kernels: Kernels,
  { columns, ld, q, list, isListed }: Problem,
  gram: Address,
  weights: Address,
  { l1, l2 }: Penalty,
): void {
  const pull = kernels.floats(q, columns);
  const marks = kernels.bytes(isListed, columns).fill(0);
  const places = kernels.integers(list, columns);
  let count = 0;
  kernels.floats(weights, columns).forEach((weight, j) => {
    if (weight === 0 && Math.abs(pull[j] ?? 0) <= l1) return;
    marks[j] = 1;
    places[count] = j;
    count += 1;
  });
  let first = 0;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    const change = kernels.sweepGram(gram, ld, l1, l2, weights, q, list, count);
    first = Math.max(first, change);
    if (change > INNER_SHARE * first) continue;
    const joined = kernels.joinFailing(columns, l1, q, list, isListed, count);
    if (joined === count) return;
    count = joined;
  }
}

export function penaltyOf(
  kernels: Kernels,
  problem: Problem,
  w: Address,
  { l1, l2 }: Penalty,
): number {
  let sum = 0;
  for (const weight of kernels.floats(w, problem.classes * problem.ld)) {
    sum += l1 * Math.abs(weight) + 0.5 * l2 * weight * weight;
  }
  return sum;
}

/** The largest violation of an optimality condition, summed over rows as the slopes are. */
export function violationOf(kernels: Kernels, problem: Problem, { l1, l2 }: Penalty): number {
  const { classes, ld, w, slopes } = problem;
  const own = kernels.floats(slopes, classes * ld);
  const intercepts = kernels.floats(slopes + classes * ld * 8, classes);
  let largest = 0;
  kernels.floats(w, classes * ld).forEach((weight, at) => {
    const slope = (own[at] ?? 0) + l2 * weight;
    const distance = weight === 0 ? Math.abs(slope) - l1 : Math.abs(slope + l1 * Math.sign(weight));
    largest = Math.max(largest, distance);
  });
  for (const slope of intercepts) largest = Math.max(largest, Math.abs(slope));
  return largest;
}
