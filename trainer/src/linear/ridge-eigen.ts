import type { Kernels } from "./solver/kernels.ts";
import { symmetricEigen } from "./solver/symmetric-eigen.ts";
import { centreMoments, type PartOfRows } from "./training-moments.ts";

export interface RidgeEigenRequest extends PartOfRows {
  readonly type: "ridgeEigen";
  /** Gets the eigenvectors, one a row of [ld, ld]; shared between threads. */
  readonly vectors: Float64Array;
}

/** A training part in the eigenvectors of its Gram matrix. */
export interface RidgeEigen {
  readonly rows: number;
  /** Eigenvalues [columns], none below 0. */
  readonly values: Float64Array;
  /** vᵀXᵀy [outputs, columns]. */
  readonly projections: Float64Array;
  readonly squareY: Float64Array;
  readonly mean: Float64Array;
  readonly meanY: Float64Array;
  readonly scale: Float64Array;
}

/** Eigenvalues and eigenvectors of the centred features' Gram matrix. */
export function ridgeEigen(kernels: Kernels, request: RidgeEigenRequest): RidgeEigen {
  kernels.reset();
  const { gram, cross, columns, ld, outputs, rows, squareY, mean, meanY, scale } = centreMoments(
    kernels,
    request,
  );
  const { values, vectors } = symmetricEigen(kernels, gram, columns, ld);
  request.vectors.set(kernels.floats(vectors, columns * ld));
  const projections = Float64Array.from({ length: outputs * columns }, (_, at) =>
    kernels.dot(vectors + (at % columns) * ld * 8, cross + Math.floor(at / columns) * ld * 8, ld),
  );
  return {
    rows,
    values: values.map((value) => Math.max(0, value)),
    projections,
    squareY,
    mean: mean.slice(0, columns),
    meanY,
    scale: scale.slice(0, columns),
  };
}

/**
 * Generalised cross-validation by α: n⁻¹‖y − ŷ‖² / (1 − tr(H)/n)², summed over outputs, with the
 * intercept counted in tr(H).
 *
 * @see Golub, Heath & Wahba 1979, doi:10.1080/00401706.1979.10489751, eq. (1.4).
 */
export function generalisedErrors(eigen: RidgeEigen, alphas: readonly number[]): Float64Array {
  const { values, projections, squareY, rows } = eigen;
  return Float64Array.from(alphas, (alpha) => {
    let freedom = 1;
    for (const value of values) freedom += value === 0 ? 0 : value / (value + alpha);
    let residual = squareY.reduce((sum, value) => sum + value, 0);
    projections.forEach((projection, at) => {
      const value = values[at % values.length] ?? 0;
      if (value === 0) return;
      const share = projection / (value + alpha);
      residual -= (2 * projection - value * share) * share;
    });
    return Math.max(0, residual) / rows / (1 - freedom / rows) ** 2;
  });
}

/** (XᵀX + αI)⁻¹Xᵀy [outputs, columns] in the features' units. */
export function ridgeCoefficients(
  { values, projections, scale }: RidgeEigen,
  vectors: Float64Array,
  alpha: number,
): Float64Array {
  const columns = values.length;
  const ld = vectors.length / columns;
  const coefficients = new Float64Array(projections.length);
  projections.forEach((projection, at) => {
    const index = at % columns;
    const first = at - index;
    const value = (values[index] ?? 0) + alpha;
    if (value === 0) return;
    for (let j = 0; j < columns; j++) {
      coefficients[first + j] =
        (coefficients[first + j] ?? 0) + (projection / value) * (vectors[index * ld + j] ?? 0);
    }
  });
  return coefficients.map((value, at) => value / (scale[at % columns] ?? 0));
}
