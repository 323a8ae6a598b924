import type { PathFits } from "./gram-path.ts";
import { heldOutErrors } from "./held-out-error.ts";
import type { Moments } from "./moments.ts";
import type { Address, Kernels } from "./solver/kernels.ts";
import {
  enterTridiagonal,
  leaveTridiagonal,
  symmetricEigen,
  type Tridiagonal,
  tridiagonalize,
} from "./solver/symmetric-eigen.ts";
import { centreMoments, type PartOfRows, type TrainingMoments } from "./training-moments.ts";

export interface RidgePathRequest extends PartOfRows {
  readonly type: "ridgePath";
  /** Strengths a of ‖y − Xw‖² + a‖w‖², at least 0. */
  readonly alphas: readonly number[];
  readonly held?: Moments;
}

/** Below this share of the largest squared column length α no longer steadies a solution. */
const STEADY = 1e-10;
/** Eigenvalues below this share of the largest are taken for zeros: the least-norm solution. */
const RANK_CUTOFF = 1e-13;

/**
 * Ridge fits for any number of strengths from one reduction of the Gram matrix to tridiagonal form,
 * each then in O(columns²); where a strength is next to nothing, from its eigenvectors, with the least
 * norm among equal fits.
 */
export function ridgePath(kernels: Kernels, request: RidgePathRequest): PathFits {
  kernels.reset();
  const training = centreMoments(kernels, request);
  const { columns, outputs, ld, mean, meanY, scale, gram } = training;
  const { alphas, held } = request;
  const vectors = kernels.numbers(alphas.length * outputs * ld);
  const diagonal = kernels.floats(gram, ld * ld).filter((_, at) => at % (ld + 1) === 0);
  const isSteady = Math.min(...alphas) > STEADY * Math.max(...diagonal);
  if (isSteady) solveTridiagonal(kernels, training, alphas, vectors);
  else solveByEigen(kernels, training, alphas, vectors);

  const solved = kernels.floats(vectors, alphas.length * outputs * ld);
  const coefficients = Float64Array.from(
    { length: alphas.length * outputs * columns },
    (_, at) =>
      (solved[Math.floor(at / columns) * ld + (at % columns)] ?? 0) / (scale[at % columns] ?? 0),
  );
  return {
    coefficients,
    mean: mean.slice(0, columns),
    meanY,
    errors:
      held === undefined
        ? new Float64Array(0)
        : heldOutErrors(kernels, training, held, coefficients),
    gaps: new Float64Array(alphas.length),
    sweeps: new Float64Array(alphas.length),
  };
}

/** Fills `vectors` [alphas, outputs, ld] with (G + αI)⁻¹c. */
function solveTridiagonal(
  kernels: Kernels,
  { gram, cross, columns, ld, outputs }: TrainingMoments,
  alphas: readonly number[],
  vectors: Address,
): void {
  const reduced = tridiagonalize(kernels, gram, columns, ld);
  enterTridiagonal(kernels, reduced, cross, outputs);
  const right = kernels.floats(cross, outputs * ld);
  const all = kernels.floats(vectors, alphas.length * outputs * ld);
  alphas.forEach((alpha, fit) => {
    for (let k = 0; k < outputs; k++) {
      const at = (fit * outputs + k) * ld;
      const solution = all.subarray(at, at + columns);
      solution.set(right.subarray(k * ld, k * ld + columns));
      solveShifted(kernels, reduced, alpha, solution);
    }
  });
  leaveTridiagonal(kernels, reduced, vectors, alphas.length * outputs);
}

/** x ← (T + αI)⁻¹x by LDLᵀ, which needs no pivots where the matrix is positive definite. */
function solveShifted(
  kernels: Kernels,
  { n, diagonal, offDiagonal }: Tridiagonal,
  alpha: number,
  x: Float64Array,
): void {
  const d = kernels.floats(diagonal, n);
  const e = kernels.floats(offDiagonal, n);
  const pivots = new Float64Array(n);
  pivots[0] = (d[0] ?? 0) + alpha;
  for (let i = 1; i < n; i++) {
    const factor = (e[i - 1] ?? 0) / (pivots[i - 1] ?? 0);
    pivots[i] = (d[i] ?? 0) + alpha - factor * (e[i - 1] ?? 0);
    x[i] = (x[i] ?? 0) - factor * (x[i - 1] ?? 0);
  }
  x[n - 1] = (x[n - 1] ?? 0) / (pivots[n - 1] ?? 0);
  for (let i = n - 2; i >= 0; i--)
    x[i] = ((x[i] ?? 0) - (e[i] ?? 0) * (x[i + 1] ?? 0)) / (pivots[i] ?? 0);
}

function solveByEigen(
  kernels: Kernels,
  { gram, cross, columns, ld, outputs }: TrainingMoments,
  alphas: readonly number[],
  vectors: Address,
): void {
  const { values, vectors: eigenvectors } = symmetricEigen(kernels, gram, columns, ld);
  const least = RANK_CUTOFF * Math.max(0, ...values) * columns;
  alphas.forEach((alpha, fit) => {
    for (let k = 0; k < outputs; k++) {
      const target = vectors + (fit * outputs + k) * ld * 8;
      values.forEach((value, index) => {
        if (value <= least) return;
        const row = eigenvectors + index * ld * 8;
        const share = kernels.dot(row, cross + k * ld * 8, ld) / (value + alpha);
        kernels.addScaled(target, row, share, ld);
      });
    }
  });
}
