import type { Matrix } from "../../../core/measures/matrix.ts";
import { choleskySolve } from "../linear-algebra/cholesky.ts";
import { thinSvd } from "../linear-algebra/decompositions.ts";
import {
  type Dense,
  multiply,
  timesTransposed,
  transposedTimes,
} from "../linear-algebra/products.ts";
import { checkPairs } from "./check-pairs.ts";

export interface RidgeMap {
  /** W [d_from, d_to]; a row y is mapped to yW. */
  readonly weights: Dense;
  /**
   * How W was found: `primal` (YᵀY + λI)W = YᵀX, `dual` W = Yᵀ(YYᵀ + λI)⁻¹X with fewer rows than
   * columns, `minimum_norm` the least squares solution of smallest ‖W‖_F, for λ = 0.
   */
  readonly form: "primal" | "dual" | "minimum_norm";
  /** Rank of Y where it was found, with λ = 0. */
  readonly rank?: number;
  /** Why there is more than one least squares solution, where there is. */
  readonly warning?: string;
}

/**
 * The linear map of least ‖X − YW‖²_F + λ‖W‖²_F = Σᵢ‖xᵢ − Wᵀyᵢ‖² + λ‖W‖²_F.
 *
 * `from` Y [n, d_from] and `to` X [n, d_to] are paired by row; there is no intercept, so centre both
 * first. With λ = 0 singular values below ε·max(n, d)·σ_max count as 0 (NumPy's rule), and if any
 * do the solution is the one of minimum norm, with a warning. The same as scikit-learn's
 * `Ridge(alpha=λ, fit_intercept=False)`.
 *
 * @throws {RangeError} If the rows cannot be pairs, there are none, an entry is not finite, or λ is
 * negative or not finite.
 * @see Hoerl & Kennard 1970, doi:10.1080/00401706.1970.10488634, eq. (2.2).
 */
export function fitRidgeMap(from: Matrix, to: Matrix, lambda: number): RidgeMap {
  checkPairs(from, to);
  if (!Number.isFinite(lambda) || lambda < 0) {
    throw new RangeError(`Cannot fit a ridge map with λ = ${lambda}: it must be 0 or above`);
  }
  const solved = lambda === 0 ? undefined : solveNormal(from, to, lambda);
  // A λ that rounding loses beside YᵀY leaves a singular matrix, which the SVD can still solve.
  return solved ?? solveBySvd(from, to, lambda);
}

function solveNormal(from: Matrix, to: Matrix, lambda: number): RidgeMap | undefined {
  if (from.rows < from.columns) {
    const dual = choleskySolve(addToDiagonal(timesTransposed(from, from), lambda), to);
    return dual && { weights: transposedTimes(from, dual), form: "dual" };
  }
  const gram = addToDiagonal(transposedTimes(from, from), lambda);
  const weights = choleskySolve(gram, transposedTimes(from, to));
  return weights && { weights, form: "primal" };
}

/** W = V·diag(s/(s² + λ))·UᵀX, where s/(s² + λ) is 0 for an s that counts as 0. */
function solveBySvd(from: Matrix, to: Matrix, lambda: number): RidgeMap {
  const { left, values, right } = thinSvd(from);
  const cutoff = Number.EPSILON * Math.max(from.rows, from.columns) * (values[0] ?? 0);
  const rank = values.filter((value) => value > cutoff).length;
  const scaled = transposedTimes(left, to);
  for (const [row, value] of values.entries()) {
    const factor = value > cutoff ? value / (value * value + lambda) : 0;
    const start = row * scaled.columns;
    for (let index = start; index < start + scaled.columns; index += 1) {
      scaled.data[index] = (scaled.data[index] ?? 0) * factor;
    }
  }
  const found: RidgeMap = { weights: multiply(right, scaled), form: "minimum_norm", rank };
  if (rank === from.columns || lambda > 0) return found;
  return {
    ...found,
    warning: `${from.rows} rows of rank ${rank} do not determine a map from ${from.columns} columns; of all that fit, the one of smallest norm was taken (λ > 0 makes it unique)`,
  };
}

function addToDiagonal(matrix: Dense, value: number): Dense {
  for (let i = 0; i < matrix.rows; i += 1) {
    const at = i * matrix.columns + i;
    matrix.data[at] = (matrix.data[at] ?? 0) + value;
  }
  return matrix;
}

/** ∂/∂W of the objective of {@link fitRidgeMap}: 2(Yᵀ(YW − X) + λW), of the shape of W. */
export function ridgeMapGradient(from: Matrix, to: Matrix, lambda: number, weights: Matrix): Dense {
  const residual = multiply(from, weights);
  for (let index = 0; index < residual.data.length; index += 1) {
    residual.data[index] = (residual.data[index] ?? 0) - (to.data[index] ?? 0);
  }
  const gradient = transposedTimes(from, residual);
  for (let index = 0; index < gradient.data.length; index += 1) {
    gradient.data[index] = 2 * ((gradient.data[index] ?? 0) + lambda * (weights.data[index] ?? 0));
  }
  return gradient;
}
