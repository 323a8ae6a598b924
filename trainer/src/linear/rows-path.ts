import type { Design } from "./design.ts";
import type { PathFits, PathSettings } from "./gram-path.ts";
import { meansOf } from "./moments.ts";
import type { Address, Kernels } from "./solver/kernels.ts";

export interface RowsPathRequest extends PathSettings {
  readonly type: "rowsPath";
  readonly design: Design;
  readonly train: Int32Array;
  readonly standardize: boolean;
  /** Rows on which every fit is measured; may be empty. */
  readonly held: Int32Array;
}

/** So that weights at λ_max, where rounding decides, are exact zeros. */
const ROUNDING = 1 + 2 ** -50;

/**
 * Fits an elastic net for every strength by coordinate descent on the residual, each output by itself:
 * for so many features that their Gram matrix would be larger than the data.
 *
 * @throws {RangeError} If the strengths ask for groups, which need a Gram matrix.
 * @see Friedman, Hastie & Tibshirani 2010, doi:10.18637/jss.v033.i01, section 2.1 ("naive updates").
 */
export function rowsPath(kernels: Kernels, request: RowsPathRequest): PathFits {
  if (request.isGrouped) throw new RangeError("Cannot fit grouped outputs without a Gram matrix");
  kernels.reset();
  const { design, train, held, strengths } = request;
  const { columns, outputs } = design;
  const fits = strengths.length;
  const { x: mean, y: meanY } = meansOf(design, train);
  const space = createSpace(kernels, request, mean);
  const found: PathFits = {
    coefficients: new Float64Array(fits * outputs * columns),
    mean,
    meanY,
    errors: new Float64Array(held.length === 0 ? 0 : fits),
    gaps: new Float64Array(fits),
    sweeps: new Float64Array(fits),
  };
  for (let output = 0; output < outputs; output++) {
    fitOutput(kernels, request, space, output, found);
  }
  measure(request, found);
  return found;
}

/** The centred columns and working space, in the kernels' memory. */
interface Space {
  /** Rows with padding. */
  readonly ld: number;
  readonly x: Address;
  readonly y: Address;
  readonly norms: Address;
  readonly w: Address;
  readonly r: Address;
  readonly q: Address;
  readonly list: Address;
  readonly isListed: Address;
  readonly report: Address;
  readonly scale: Float64Array;
}

function createSpace(kernels: Kernels, request: RowsPathRequest, mean: Float64Array): Space {
  const { design, train, standardize } = request;
  const { columns, x } = design;
  const ld = Math.ceil(train.length / 2) * 2;
  const space = {
    ld,
    x: kernels.numbers(ld * columns),
    y: kernels.numbers(ld),
    norms: kernels.numbers(columns),
    w: kernels.numbers(columns),
    r: kernels.numbers(ld),
    q: kernels.numbers(columns),
    list: kernels.allocate(columns * 4),
    isListed: kernels.allocate(columns),
    report: kernels.numbers(2),
    scale: new Float64Array(columns).fill(1),
  };
  const norms = kernels.floats(space.norms, columns);
  for (let j = 0; j < columns; j++) {
    const column = kernels.floats(space.x + j * ld * 8, train.length);
    const spread = centreColumn(column, x, request, j, mean[j] ?? 0);
    if (standardize && spread > 0) space.scale[j] = Math.sqrt(spread / train.length);
    const factor = spread > 0 ? 1 / (space.scale[j] ?? 0) : 0;
    for (let i = 0; i < column.length; i++) column[i] = (column[i] ?? 0) * factor;
    norms[j] = spread * factor * factor;
  }
  return space;
}

/** Copies feature `j` about its mean; returns Σ(x − x̄)², 0 where only rounding makes it differ. */
function centreColumn(
  column: Float64Array,
  x: Float64Array,
  { design, train }: RowsPathRequest,
  j: number,
  mean: number,
): number {
  let raw = 0;
  let square = 0;
  for (let i = 0; i < train.length; i++) {
    const value = x[(train[i] ?? 0) * design.columns + j] ?? 0;
    column[i] = value - mean;
    raw += value * value;
    square += (value - mean) ** 2;
  }
  return square <= 1e-26 * raw ? 0 : square;
}

function fitOutput(
  kernels: Kernels,
  request: RowsPathRequest,
  space: Space,
  output: number,
  found: PathFits,
): void {
  const { design, train, strengths, tolerance, mostSweeps } = request;
  const { columns, outputs } = design;
  const { ld, x, y, norms, w, r, q, list, isListed, report } = space;
  const target = kernels.floats(y, ld);
  for (let i = 0; i < train.length; i++) {
    target[i] = (design.y[(train[i] ?? 0) * outputs + output] ?? 0) - (found.meanY[output] ?? 0);
  }
  kernels.floats(r, ld).set(target);
  kernels.floats(w, columns).fill(0);
  const square = kernels.dot(y, y, ld);
  for (let j = 0; j < columns; j++) {
    kernels.floats(q, columns)[j] = kernels.dot(x + j * ld * 8, r, ld);
  }
  strengths.forEach((strength, fit) => {
    const l1 = strength.l1 * train.length * ROUNDING;
    const last = (strengths[fit - 1]?.l1 ?? strength.l1) * train.length * ROUNDING;
    kernels.integers(report, 2)[0] = listStrong(kernels, space, columns, 2 * l1 - last);
    const gap = kernels.descendRows(
      ...[x, y, norms, columns, ld, l1, strength.l2 * train.length],
      ...[tolerance * square, mostSweeps, w, r, q, list, isListed, report],
    );
    found.gaps[fit] = Math.max(found.gaps[fit] ?? 0, square > 0 ? gap / square : 0);
    found.sweeps[fit] = (found.sweeps[fit] ?? 0) + (kernels.integers(report, 2)[1] ?? 0);
    const weights = kernels.floats(w, columns);
    const at = (fit * outputs + output) * columns;
    for (let j = 0; j < columns; j++)
      found.coefficients[at + j] = (weights[j] ?? 0) / (space.scale[j] ?? 0);
  });
}

/** Lists features that are in the model or that the strong rule keeps; returns their number. */
function listStrong(
  kernels: Kernels,
  { w, q, list, isListed }: Space,
  columns: number,
  threshold: number,
): number {
  const weights = kernels.floats(w, columns);
  const slopes = kernels.floats(q, columns);
  const places = kernels.integers(list, columns);
  const marks = kernels.bytes(isListed, columns).fill(0);
  let listed = 0;
  for (let j = 0; j < columns; j++) {
    if (weights[j] === 0 && Math.abs(slopes[j] ?? 0) < threshold) continue;
    marks[j] = 1;
    places[listed] = j;
    listed += 1;
  }
  return listed;
}

function measure({ design, held }: RowsPathRequest, found: PathFits): void {
  const { columns, outputs } = design;
  for (let fit = 0; fit < found.errors.length; fit++) {
    let sum = 0;
    for (const row of held) {
      const features = design.x.subarray(row * columns, (row + 1) * columns);
      for (let k = 0; k < outputs; k++) {
        const predicted = predict(found, features, (fit * outputs + k) * columns, k);
        sum += ((design.y[row * outputs + k] ?? 0) - predicted) ** 2;
      }
    }
    found.errors[fit] = sum / held.length;
  }
}

function predict(found: PathFits, features: Float64Array, at: number, output: number): number {
  const { coefficients, mean, meanY } = found;
  let sum = meanY[output] ?? 0;
  for (let j = 0; j < features.length; j++) {
    const weight = coefficients[at + j] ?? 0;
    if (weight !== 0) sum += weight * ((features[j] ?? 0) - (mean[j] ?? 0));
  }
  return sum;
}
