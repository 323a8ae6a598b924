import type { Design } from "./design.ts";
import type { PathFits } from "./gram-path.ts";
import type { SquaredErrors } from "./leave-one-out.ts";
import { meansOf } from "./moments.ts";
import type { Address, Kernels } from "./solver/kernels.ts";
import { symmetricEigen } from "./solver/symmetric-eigen.ts";

/** Features that the kernels take at a time. */
const BLOCK = 256;
/** Eigenvalues below this share of the largest are taken for zeros. */
const RANK_CUTOFF = 1e-13;

export interface RidgeDualRequest {
  readonly type: "ridgeDual";
  readonly design: Design;
  readonly train: Int32Array;
  readonly held: Int32Array;
  readonly standardize: boolean;
  readonly alphas: readonly number[];
}

export interface RidgeDualFits extends PathFits {
  /** Of the training rows, in closed form. */
  readonly leaveOneOut: SquaredErrors;
  /** Generalised cross-validation by α. */
  readonly generalised: Float64Array;
}

/**
 * Ridge fits by the eigenvectors of XXᵀ, for more features than rows: w = Xᵀ(XXᵀ + αI)⁻¹y.
 *
 * With I − H = Σᵤ α/(Λ + α)·uuᵀ less the constant vector, which the intercept takes, the errors of
 * fits without the own row are eᵢ/(1 − hᵢᵢ).
 *
 * @see Rifkin & Lippert 2007, "Notes on regularized least squares", MIT-CSAIL-TR-2007-025, section 3.
 */
export function ridgeDual(kernels: Kernels, request: RidgeDualRequest): RidgeDualFits {
  kernels.reset();
  const { design, train, alphas } = request;
  const { columns, outputs } = design;
  const centred = centreRows(request);
  const ld = Math.ceil(train.length / 4) * 4;
  const kernel = kernelMatrix(kernels, centred.x, train.length, columns, ld);
  const { values, vectors } = symmetricEigen(kernels, kernel, train.length, ld);
  const basis = kernels.floats(vectors, train.length * ld);
  const least = RANK_CUTOFF * Math.max(0, ...values) * train.length;
  const spectrum = values.map((value) => (value <= least ? 0 : value));
  const projections = Float64Array.from({ length: outputs * train.length }, (_, at) => {
    const [index, k] = [at % train.length, Math.floor(at / train.length)];
    let sum = 0;
    for (let i = 0; i < train.length; i++) {
      sum += (basis[index * ld + i] ?? 0) * (centred.y[i * outputs + k] ?? 0);
    }
    return sum;
  });
  const dual: Dual = { rows: train.length, ld, basis, spectrum, projections, outputs };
  const coefficients = new Float64Array(alphas.length * outputs * columns);
  alphas.forEach((alpha, fit) => {
    for (let k = 0; k < outputs; k++) {
      const weights = coefficients.subarray((fit * outputs + k) * columns).subarray(0, columns);
      const shares = combine(dual, k, (value) => (value === 0 ? 0 : 1 / (value + alpha)));
      shares.forEach((share, i) => {
        for (let j = 0; j < columns; j++) {
          weights[j] =
            (weights[j] ?? 0) +
            (share * (centred.x[i * columns + j] ?? 0)) / (centred.scale[j] ?? 0);
        }
      });
    }
  });
  return {
    coefficients,
    mean: centred.mean,
    meanY: centred.meanY,
    errors: heldErrors(request, coefficients, centred),
    gaps: new Float64Array(alphas.length),
    sweeps: new Float64Array(alphas.length),
    ...closedForms(dual, alphas),
  };
}

interface Dual {
  readonly rows: number;
  readonly ld: number;
  /** Eigenvectors, one a row of [rows, ld]. */
  readonly basis: Float64Array;
  readonly spectrum: Float64Array;
  /** uᵀy [outputs, rows]. */
  readonly projections: Float64Array;
  readonly outputs: number;
}

/** Σᵤ factor(Λ)·u(uᵀy) of one output. */
function combine(
  { rows, ld, basis, spectrum, projections }: Dual,
  output: number,
  factorOf: (value: number) => number,
): Float64Array {
  const result = new Float64Array(rows);
  spectrum.forEach((value, index) => {
    const share = factorOf(value) * (projections[output * rows + index] ?? 0);
    if (share === 0) return;
    for (let i = 0; i < rows; i++)
      result[i] = (result[i] ?? 0) + share * (basis[index * ld + i] ?? 0);
  });
  return result;
}

function closedForms(
  dual: Dual,
  alphas: readonly number[],
): Pick<RidgeDualFits, "leaveOneOut" | "generalised"> {
  const { rows, ld, basis, spectrum, outputs } = dual;
  const sum = new Float64Array(alphas.length);
  const sumOfSquares = new Float64Array(alphas.length);
  const generalised = new Float64Array(alphas.length);
  alphas.forEach((alpha, fit) => {
    const kept = (value: number) => (value === 0 ? 1 : alpha / (value + alpha));
    const rest = new Float64Array(rows).fill(-1 / rows);
    spectrum.forEach((value, index) => {
      const share = kept(value);
      for (let i = 0; i < rows; i++)
        rest[i] = (rest[i] ?? 0) + share * (basis[index * ld + i] ?? 0) ** 2;
    });
    const freedom = rest.reduce((total, value) => total + value, 0);
    const squares = new Float64Array(rows);
    let residual = 0;
    for (let k = 0; k < outputs; k++) {
      combine(dual, k, kept).forEach((error, i) => {
        residual += error * error;
        squares[i] = (squares[i] ?? 0) + (error / (rest[i] ?? 0)) ** 2;
      });
    }
    for (const square of squares) {
      sum[fit] = (sum[fit] ?? 0) + square;
      sumOfSquares[fit] = (sumOfSquares[fit] ?? 0) + square * square;
    }
    generalised[fit] = residual / rows / (freedom / rows) ** 2;
  });
  return { leaveOneOut: { sum, sumOfSquares }, generalised };
}

interface Centred {
  /** [rows, columns], in units of `scale`. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly mean: Float64Array;
  readonly meanY: Float64Array;
  readonly scale: Float64Array;
}

function centreRows({ design, train, standardize }: RidgeDualRequest): Centred {
  const { columns, outputs } = design;
  const { x: mean, y: meanY } = meansOf(design, train);
  const x = new Float64Array(train.length * columns);
  const y = new Float64Array(train.length * outputs);
  train.forEach((row, i) => {
    for (let j = 0; j < columns; j++) {
      x[i * columns + j] = (design.x[row * columns + j] ?? 0) - (mean[j] ?? 0);
    }
    for (let k = 0; k < outputs; k++) {
      y[i * outputs + k] = (design.y[row * outputs + k] ?? 0) - (meanY[k] ?? 0);
    }
  });
  const scale = new Float64Array(columns).fill(1);
  if (!standardize) return { x, y, mean, meanY, scale };
  const spread = new Float64Array(columns);
  x.forEach((value, at) => {
    spread[at % columns] = (spread[at % columns] ?? 0) + (value * value) / train.length;
  });
  spread.forEach((value, j) => {
    if (value > 1e-26 * ((mean[j] ?? 0) ** 2 + value)) scale[j] = Math.sqrt(value);
  });
  return { x: x.map((value, at) => value / (scale[at % columns] ?? 0)), y, mean, meanY, scale };
}

/** XXᵀ [ld, ld] in the kernels' memory. */
function kernelMatrix(
  kernels: Kernels,
  x: Float64Array,
  rows: number,
  columns: number,
  ld: number,
): Address {
  const matrix = kernels.numbers(ld * ld);
  const block = kernels.numbers(ld * BLOCK);
  const pack = kernels.numbers(ld * BLOCK);
  for (let from = 0; from < columns; from += BLOCK) {
    const length = Math.min(BLOCK, columns - from);
    const target = kernels.floats(block, ld * BLOCK);
    for (let i = 0; i < rows; i++) {
      const start = i * columns + from;
      target.set(x.subarray(start, start + length), i * BLOCK);
    }
    kernels.packAcross(block, ld, BLOCK, 0, length, pack);
    kernels.gramPanels(pack, length, ld, matrix, 0, ld / 4);
  }
  kernels.mirror(matrix, ld);
  return matrix;
}

function heldErrors(
  { design, held, alphas }: RidgeDualRequest,
  coefficients: Float64Array,
  { mean, meanY }: Centred,
): Float64Array {
  const { columns, outputs } = design;
  return new Float64Array(held.length === 0 ? 0 : alphas.length).map((_, fit) => {
    let sum = 0;
    for (const row of held) {
      for (let k = 0; k < outputs; k++) {
        const at = (fit * outputs + k) * columns;
        let error = (design.y[row * outputs + k] ?? 0) - (meanY[k] ?? 0);
        for (let j = 0; j < columns; j++) {
          error -=
            (coefficients[at + j] ?? 0) * ((design.x[row * columns + j] ?? 0) - (mean[j] ?? 0));
        }
        sum += error * error;
      }
    }
    return sum / held.length;
  });
}
