import type { Matrix } from "../../../core/measures/matrix.ts";
import { centre, columnMeans } from "../linear-algebra/centre.ts";
import { symmetricEigen, thinSvd } from "../linear-algebra/decompositions.ts";
import {
  type Dense,
  multiply,
  timesTransposed,
  transposedTimes,
} from "../linear-algebra/products.ts";
import { checkPairs } from "./check-pairs.ts";

export interface CcaOptions {
  /** Canonical pairs; at most min(d_x, d_y). */
  readonly components: number;
  /** r₁ = r₂ ≥ 0, added to the diagonal of both covariances. */
  readonly regularization: number;
}

export interface Cca {
  /** A [d_x, components]; a centred row x is mapped to xA, whose columns have variance 1 with r = 0. */
  readonly x: Dense;
  /** B [d_y, components]. */
  readonly y: Dense;
  readonly meanX: Float64Array;
  readonly meanY: Float64Array;
  /** Singular values, largest first: the canonical correlations with r = 0, shrunk ones otherwise. */
  readonly correlations: Float64Array;
  /** Directions without variance that were left out, with r = 0; by side. */
  readonly dropped: { readonly x: number; readonly y: number };
}

/**
 * Canonical correlation analysis with ridge: the SVD UΣVᵀ of
 * (Sxx + rI)^−½ Sxy (Syy + rI)^−½ gives A = (Sxx + rI)^−½U and B = (Syy + rI)^−½V.
 *
 * `x` [n, d_x] and `y` [n, d_y] are paired by row and are centred here; S are covariances with
 * 1/(n − 1). Eigenvalues below ε·max(n, d)·λ_max count as 0 and their directions are left out, so
 * that r = 0 works on rank-deficient data too. In every pair of columns A's entry of largest
 * magnitude is positive, B's column keeps its sign relative to A's.
 *
 * @throws {RangeError} If there are fewer than two pairs, r is negative, `components` is not a whole
 * number from 1 to min(d_x, d_y), or an entry is not finite.
 * @see Hotelling 1936, doi:10.2307/2333955; Vinod 1976, doi:10.1016/0304-4076(76)90010-5.
 */
export function fitCca(x: Matrix, y: Matrix, { components, regularization }: CcaOptions): Cca {
  checkPairs(x, y);
  if (x.rows < 2) throw new RangeError("Cannot correlate 1 pair of rows: two are needed");
  if (!Number.isFinite(regularization) || regularization < 0) {
    throw new RangeError(`Cannot regularise CCA by ${regularization}: it must be 0 or above`);
  }
  const most = Math.min(x.columns, y.columns);
  if (!Number.isInteger(components) || components < 1 || components > most) {
    throw new RangeError(`Cannot take ${components} canonical pairs of ${most}`);
  }
  const [meanX, meanY] = [columnMeans(x), columnMeans(y)];
  const [centredX, centredY] = [centre(x, meanX), centre(y, meanY)];
  const whiteX = whitening(centredX, regularization);
  const whiteY = whitening(centredY, regularization);
  const cross = covariance(centredX, centredY);
  const { left, values, right } = thinSvd(multiply(multiply(whiteX.matrix, cross), whiteY.matrix));
  const a = leadingColumns(multiply(whiteX.matrix, left), components);
  const b = leadingColumns(multiply(whiteY.matrix, right), components);
  fixSigns(a, b);
  return {
    x: a,
    y: b,
    meanX,
    meanY,
    correlations: values.slice(0, components),
    dropped: { x: whiteX.dropped, y: whiteY.dropped },
  };
}

/** XᵀY/(n − 1) of centred rows. */
function covariance(x: Matrix, y: Matrix): Dense {
  const product = transposedTimes(x, y);
  for (let index = 0; index < product.data.length; index += 1) {
    product.data[index] = (product.data[index] ?? 0) / (x.rows - 1);
  }
  return product;
}

/** (S + rI)^−½ by the eigenvectors of S, 0 along directions whose λ + r counts as 0. */
function whitening(x: Matrix, regularization: number) {
  const { values, vectors } = symmetricEigen(covariance(x, x));
  const cutoff = Number.EPSILON * Math.max(x.rows, x.columns) * Math.max(0, values[0] ?? 0);
  const factors = values.map((value) => {
    const variance = (value > cutoff ? value : 0) + regularization;
    return variance > 0 ? 1 / Math.sqrt(variance) : 0;
  });
  const scaled: Dense = {
    ...vectors,
    data: vectors.data.map((entry, index) => entry * (factors[index % vectors.columns] ?? 0)),
  };
  return {
    matrix: timesTransposed(scaled, vectors),
    dropped: factors.filter((factor) => factor === 0).length,
  };
}

function leadingColumns({ rows, columns, data }: Dense, count: number): Dense {
  const kept = new Float64Array(rows * count);
  for (let row = 0; row < rows; row += 1) {
    kept.set(data.subarray(row * columns, row * columns + count), row * count);
  }
  return { rows, columns: count, data: kept };
}

function fixSigns(a: Dense, b: Dense): void {
  for (let column = 0; column < a.columns; column += 1) {
    let largest = 0;
    for (let row = 0; row < a.rows; row += 1) {
      const entry = a.data[row * a.columns + column] ?? 0;
      if (Math.abs(entry) > Math.abs(largest)) largest = entry;
    }
    if (largest < 0) for (const side of [a, b]) negateColumn(side, column);
  }
}

function negateColumn({ rows, columns, data }: Dense, column: number): void {
  for (let row = 0; row < rows; row += 1) {
    data[row * columns + column] = -(data[row * columns + column] ?? 0);
  }
}
