import { heldOutErrors } from "./held-out-error.ts";
import type { Moments } from "./moments.ts";
import type { Address, Kernels } from "./solver/kernels.ts";
import { centreMoments, type PartOfRows, type TrainingMoments } from "./training-moments.ts";

/** Strengths of 1/(2m)·‖y − Xw‖² + l1·‖w‖₁ + ½l2·‖w‖² for m training rows. */
export interface Strength {
  readonly l1: number;
  readonly l2: number;
}

export interface PathSettings {
  /** Descending; every fit starts from the one before. */
  readonly strengths: readonly Strength[];
  /** The 1-norm runs over features, each with its Euclidean norm over the outputs. */
  readonly isGrouped: boolean;
  /** A fit is good when its duality gap is at most this share of Σ(y − ȳ)². */
  readonly tolerance: number;
  readonly mostSweeps: number;
}

export interface GramPathRequest extends PartOfRows, PathSettings {
  readonly type: "gramPath";
  /** Rows on which every fit is measured. */
  readonly held?: Moments;
}

/** What is known of the fits along a path, in the order of its strengths. */
export interface PathFits {
  /** [fits, outputs, columns], in the features' units. */
  readonly coefficients: Float64Array;
  /** Means about the shift: the intercept is ȳ − x̄ᵀw. */
  readonly mean: Float64Array;
  readonly meanY: Float64Array;
  /** Mean over the held rows of Σ over outputs of squared errors; empty without held rows. */
  readonly errors: Float64Array;
  /** Duality gap over Σ(y − ȳ)². */
  readonly gaps: Float64Array;
  readonly sweeps: Float64Array;
}

/** So that weights at λ_max, where rounding decides, are exact zeros. */
const ROUNDING = 1 + 2 ** -50;

/**
 * Fits an elastic net for every strength by coordinate descent over a Gram matrix.
 *
 * Features that the sequential strong rule discards are left out until they fail their optimality
 * condition; weights start on the line through the two fits before.
 *
 * @see Friedman, Hastie & Tibshirani 2010, doi:10.18637/jss.v033.i01, section 2.2.
 * @see Tibshirani et al. 2012, doi:10.1111/j.1467-9868.2011.01004.x, eq. (7).
 */
export function gramPath(kernels: Kernels, request: GramPathRequest): PathFits {
  kernels.reset();
  const training = centreMoments(kernels, request);
  const { columns, outputs, mean, meanY } = training;
  const fits = request.strengths.length;
  const found: PathFits = {
    coefficients: new Float64Array(fits * outputs * columns),
    mean: mean.slice(0, columns),
    meanY,
    errors: new Float64Array(0),
    gaps: new Float64Array(fits),
    sweeps: new Float64Array(fits),
  };
  if (request.isGrouped) {
    const descent = createDescent(kernels, training, outputs);
    fitAll(kernels, training, request, descent, 0, found);
  } else {
    const descent = createDescent(kernels, training, 1);
    for (let output = 0; output < outputs; output++) {
      fitAll(kernels, training, request, descent, output, found);
    }
  }
  const { held } = request;
  return held === undefined
    ? found
    : { ...found, errors: heldOutErrors(kernels, training, held, found.coefficients) };
}

/** Working space of one descent over `outputs` outputs at once. */
interface Descent {
  readonly outputs: number;
  readonly w: Address;
  readonly before: Address;
  readonly q: Address;
  readonly qBefore: Address;
  readonly list: Address;
  readonly isListed: Address;
  readonly scratch: Address;
  readonly report: Address;
}

function createDescent(
  kernels: Kernels,
  { ld, columns }: TrainingMoments,
  outputs: number,
): Descent {
  const numbers = () => kernels.numbers(outputs * ld);
  return {
    outputs,
    w: numbers(),
    before: numbers(),
    q: numbers(),
    qBefore: numbers(),
    list: kernels.allocate(columns * 4),
    isListed: kernels.allocate(columns),
    scratch: kernels.numbers(outputs),
    report: kernels.numbers(2),
  };
}

/** All strengths for the outputs from `output` on that `descent` takes at once. */
function fitAll(
  kernels: Kernels,
  training: TrainingMoments,
  request: GramPathRequest,
  descent: Descent,
  output: number,
  found: PathFits,
): void {
  const { ld, rows, squareY } = training;
  const size = descent.outputs * ld;
  const cross = training.cross + output * ld * 8;
  const square = squareY
    .subarray(output, output + descent.outputs)
    .reduce((sum, value) => sum + value, 0);
  kernels.floats(descent.w, size).fill(0);
  kernels.floats(descent.before, size).fill(0);
  for (const q of [descent.q, descent.qBefore]) {
    kernels.floats(q, size).set(kernels.floats(cross, size));
  }
  const sizes = request.strengths.map(({ l1 }) => l1 * rows * ROUNDING);
  request.strengths.forEach(({ l2 }, fit) => {
    const l1 = sizes[fit] ?? 0;
    const last = sizes[fit - 1] ?? l1;
    const lastButOne = sizes[fit - 2] ?? last;
    const step = lastButOne > last ? (l1 - last) / (last - lastButOne) : 0;
    moveOn(kernels, training, descent, step, request.isGrouped);
    const listed = listStrong(kernels, training, descent, 2 * l1 - last);
    kernels.integers(descent.report, 2)[0] = listed;
    const gap = descend(kernels, training, descent, request, { cross, square, l1, l2: l2 * rows });
    const share = square > 0 ? gap / square : 0;
    found.gaps[fit] = Math.max(found.gaps[fit] ?? 0, share);
    found.sweeps[fit] = (found.sweeps[fit] ?? 0) + (kernels.integers(descent.report, 2)[1] ?? 0);
    keepWeights(kernels, training, descent, fit * training.outputs + output, found);
  });
}

interface OneFit {
  readonly cross: Address;
  /** Σ(y − ȳ)² over the outputs of the fit. */
  readonly square: number;
  /** For sums over rows. */
  readonly l1: number;
  readonly l2: number;
}

/** Returns the duality gap. */
function descend(
  kernels: Kernels,
  { gram, columns, ld }: TrainingMoments,
  { outputs, w, q, list, isListed, scratch, report }: Descent,
  { tolerance, mostSweeps, isGrouped }: PathSettings,
  { cross, square, l1, l2 }: OneFit,
): number {
  const problem = [gram, cross, square, columns, ld];
  const rule = [l1, l2, tolerance * square, mostSweeps];
  return isGrouped
    ? kernels.descendGroups(
        ...[...problem, outputs, ...rule],
        ...[w, q, list, isListed, scratch, report],
      )
    : kernels.descendGram(...problem, ...rule, w, q, list, isListed, report);
}

/** Copies the weights to places `first` … of `found`, in the features' units. */
function keepWeights(
  kernels: Kernels,
  { ld, columns, scale }: TrainingMoments,
  { outputs, w }: Descent,
  first: number,
  { coefficients }: PathFits,
): void {
  for (let k = 0; k < outputs; k++) {
    const weights = kernels.floats(w + k * ld * 8, columns);
    const at = (first + k) * columns;
    for (let j = 0; j < columns; j++) coefficients[at + j] = (weights[j] ?? 0) / (scale[j] ?? 0);
  }
}

/** Remembers where the fit ended and goes on along the line from the one before. */
function moveOn(
  kernels: Kernels,
  { gram, columns, ld }: TrainingMoments,
  { outputs, w, before, q, qBefore }: Descent,
  step: number,
  isGrouped: boolean,
): void {
  if (isGrouped) {
    kernels.floats(qBefore, outputs * ld).set(kernels.floats(q, outputs * ld));
    return;
  }
  kernels.extrapolate(gram, columns, ld, step, w, before, q, qBefore);
}

/** Lists features that are in the model or that the strong rule keeps; returns their number. */
function listStrong(
  kernels: Kernels,
  { columns, ld }: TrainingMoments,
  { outputs, w, qBefore, list, isListed }: Descent,
  threshold: number,
): number {
  const weights = kernels.floats(w, outputs * ld);
  const slopes = kernels.floats(qBefore, outputs * ld);
  const places = kernels.integers(list, columns);
  const marks = kernels.bytes(isListed, columns);
  marks.fill(0);
  let listed = 0;
  for (let j = 0; j < columns; j++) {
    let square = 0;
    let isIn = false;
    for (let at = j; at < weights.length; at += ld) {
      square += (slopes[at] ?? 0) ** 2;
      isIn ||= weights[at] !== 0;
    }
    if (!isIn && Math.sqrt(square) < threshold) continue;
    marks[j] = 1;
    places[listed] = j;
    listed += 1;
  }
  return listed;
}
