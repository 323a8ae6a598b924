import { symmetricEigen } from "./symmetric-eigen.ts";
import { addScaled, dot, norm } from "./vector.ts";

/** Largest first; fewer than two for a matrix of side below two. */
export interface TopEigen {
  readonly values: readonly number[];
  readonly vectors: readonly Float64Array[];
}

const WANTED = 2;
/** Directions beyond the wanted ones, which make the iteration converge at λ₂/λ₁₁ instead of λ₂/λ₃. */
const EXTRA = 8;
const MAX_ITERATIONS = 300;
const TOLERANCE = 1e-12;

/**
 * The two largest eigenvalues of a positive semi-definite matrix [n, n] and their unit vectors.
 *
 * Subspace iteration with a Rayleigh-Ritz step from a fixed start, so equal input gives equal output.
 * Stops when ‖Cv − λv‖ ≤ 1e-12·λ₁ for both. Where λ₂ and its neighbours are equal the axis is
 * arbitrary within their space.
 *
 * @see Golub & Van Loan 2013, "Matrix Computations", section 8.2.5.
 */
export function topEigen(matrix: Float64Array, n: number): TopEigen {
  const width = Math.min(n, WANTED + EXTRA);
  let basis = orthonormalize(startVectors(n, width));
  let values: Float64Array = new Float64Array(0);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration += 1) {
    const images = basis.map((vector) => multiply(matrix, vector));
    const ritz = symmetricEigen(innerProducts(basis, images), width);
    const vectors = combine(ritz.vectors, basis, width);
    const turned = combine(ritz.vectors, images, width);
    values = ritz.values;
    basis = vectors;
    if (hasConverged(values, vectors, turned) || iteration + 1 === MAX_ITERATIONS) break;
    basis = orthonormalize(turned);
  }
  return { values: [...values.subarray(0, WANTED)], vectors: basis.slice(0, WANTED) };
}

function hasConverged(
  values: Float64Array,
  vectors: readonly Float64Array[],
  images: readonly Float64Array[],
): boolean {
  const limit = TOLERANCE * (values[0] ?? 0);
  return vectors.slice(0, WANTED).every((vector, index) => {
    const residual = (images[index] ?? vector).slice();
    addScaled(residual, vector, -(values[index] ?? 0));
    return norm(residual) <= limit;
  });
}

/** Numbers without pattern in [−1, 1) from a linear congruential generator with a fixed seed. */
function startVectors(n: number, width: number): Float64Array[] {
  let state = 1;
  return Array.from({ length: width }, () =>
    Float64Array.from({ length: n }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 31 - 1;
    }),
  );
}

/** Gram-Schmidt, twice for accuracy; a vector that depends on the others becomes zero. */
function orthonormalize(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = vector.slice();
    for (let pass = 0; pass < 2; pass += 1) {
      for (const other of basis) addScaled(rest, other, -dot(rest, other));
    }
    const [before, after] = [norm(vector), norm(rest)];
    basis.push(after > 1e-14 * before ? rest.map((entry) => entry / after) : rest.fill(0));
  }
  return basis;
}

function combine(
  weights: Float64Array,
  vectors: readonly Float64Array[],
  width: number,
): Float64Array[] {
  return vectors.map((first, row) => {
    const sum = new Float64Array(first.length);
    for (const [k, vector] of vectors.entries()) {
      addScaled(sum, vector, weights[row * width + k] ?? 0);
    }
    return sum;
  });
}

/** xᵢ·yⱼ, whose upper half is taken for the lower one, as rounding tells them apart. */
function innerProducts(x: readonly Float64Array[], y: readonly Float64Array[]): Float64Array {
  const products = x.flatMap((left, i) =>
    y.map((_, j) => dot((j < i ? x[j] : left) ?? left, y[Math.max(i, j)] ?? left)),
  );
  return Float64Array.from(products);
}

function multiply(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  return vector.map((_, row) => dot(matrix.subarray(row * n, (row + 1) * n), vector));
}
