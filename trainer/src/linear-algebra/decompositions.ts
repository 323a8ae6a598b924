import {
  determinant as determinantOf,
  EigenvalueDecomposition,
  Matrix as MlMatrix,
  SingularValueDecomposition,
} from "ml-matrix";
import type { Matrix } from "../../../core/measures/matrix.ts";
import { checkFinite, checkSquare } from "./check-matrix.ts";
import type { Dense } from "./products.ts";

export interface ThinSvd {
  /** [n, k], k = min(n, m); orthonormal columns. */
  readonly left: Dense;
  /** Largest first. */
  readonly values: Float64Array;
  /** [m, k]; orthonormal columns. */
  readonly right: Dense;
}

export interface Eigen {
  /** Largest first. */
  readonly values: Float64Array;
  /** [n, n]; column i is the unit eigenvector of value i. */
  readonly vectors: Dense;
}

/**
 * A = U·diag(s)·Vᵀ of A [n, m].
 *
 * @throws {RangeError} If an entry is NaN or ±∞, for which the iteration would not end.
 */
export function thinSvd(a: Matrix): ThinSvd {
  checkFinite(a);
  if (a.rows === 0 || a.columns === 0) {
    const none = (rows: number): Dense => ({ rows, columns: 0, data: new Float64Array(0) });
    return { left: none(a.rows), values: new Float64Array(0), right: none(a.columns) };
  }
  const svd = new SingularValueDecomposition(toMl(a), { autoTranspose: true });
  const count = Math.min(a.rows, a.columns);
  return {
    left: firstColumns(svd.leftSingularVectors, count),
    values: Float64Array.from(svd.diagonal.slice(0, count)),
    right: firstColumns(svd.rightSingularVectors, count),
  };
}

/**
 * A = Q·diag(λ)·Qᵀ of a symmetric A [n, n]; only its symmetric part counts.
 *
 * @throws {RangeError} If A is not square, or an entry is NaN or ±∞.
 */
export function symmetricEigen(a: Matrix): Eigen {
  checkSquare(a);
  checkFinite(a);
  if (a.rows === 0)
    return {
      values: new Float64Array(0),
      vectors: { rows: 0, columns: 0, data: new Float64Array(0) },
    };
  const found = new EigenvalueDecomposition(toMl(a), { assumeSymmetric: true });
  const ascending = found.realEigenvalues;
  const order = ascending
    .map((_, index) => index)
    .toSorted((i, j) => (ascending[j] ?? 0) - (ascending[i] ?? 0));
  const data = new Float64Array(a.rows * a.rows);
  for (const [to, from] of order.entries()) {
    for (let row = 0; row < a.rows; row += 1) {
      data[row * a.rows + to] = found.eigenvectorMatrix.get(row, from);
    }
  }
  return {
    values: Float64Array.from(order, (index) => ascending[index] ?? 0),
    vectors: { rows: a.rows, columns: a.rows, data },
  };
}

/**
 * det(A) of a square A, by LU with row pivoting.
 *
 * @throws {RangeError} If A is not square, or an entry is NaN or ±∞.
 */
export function determinant(a: Matrix): number {
  checkSquare(a);
  checkFinite(a);
  return determinantOf(toMl(a));
}

function toMl({ rows, columns, data }: Matrix): MlMatrix {
  return new MlMatrix(
    Array.from({ length: rows }, (_, row) => data.slice(row * columns, (row + 1) * columns)),
  );
}

function firstColumns(matrix: MlMatrix, count: number): Dense {
  const data = new Float64Array(matrix.rows * count);
  for (let row = 0; row < matrix.rows; row += 1) {
    for (let column = 0; column < count; column += 1) {
      data[row * count + column] = matrix.get(row, column);
    }
  }
  return { rows: matrix.rows, columns: count, data };
}
