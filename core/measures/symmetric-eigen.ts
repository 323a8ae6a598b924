export interface SymmetricEigen {
  /** Largest first. */
  readonly values: Float64Array;
  /** Unit eigenvectors in the order of `values`, one a row: `vectors[i · n + k]`. */
  readonly vectors: Float64Array;
}

const MAX_SWEEPS = 60;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix [n, n] by cyclic Jacobi rotations.
 *
 * Takes about 8·4n³ operations, so it is for small n. Only finite numbers are allowed.
 *
 * @throws {RangeError} If `matrix` is not of n² numbers.
 * @see Golub & Van Loan 2013, "Matrix Computations", section 8.5.
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  if (matrix.length !== n * n) {
    throw new RangeError(`Cannot view ${matrix.length} numbers as a matrix [${n}, ${n}]`);
  }
  const a = Float64Array.from(matrix);
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) v[i * n + i] = 1;
  const scale = Math.sqrt(a.reduce((sum, entry) => sum + entry * entry, 0));
  for (let sweep = 0; sweep < MAX_SWEEPS && offDiagonal(a, n) > 1e-16 * scale; sweep += 1) {
    for (let p = 0; p < n; p += 1) {
      for (let q = p + 1; q < n; q += 1) rotate(a, v, n, p, q);
    }
  }
  const order = Array.from({ length: n }, (_, i) => i);
  order.sort((i, j) => (a[j * n + j] ?? 0) - (a[i * n + i] ?? 0));
  const vectors = new Float64Array(n * n);
  for (const [to, from] of order.entries()) {
    vectors.set(v.subarray(from * n, (from + 1) * n), to * n);
  }
  return { values: Float64Array.from(order, (i) => a[i * n + i] ?? 0), vectors };
}

function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let p = 0; p < n; p += 1) {
    for (let q = p + 1; q < n; q += 1) sum += 2 * (a[p * n + q] ?? 0) ** 2;
  }
  return Math.sqrt(sum);
}

/** Makes a_pq zero by the rotation of smaller angle; rows of `v` take the same turn. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q] ?? 0;
  if (apq === 0) return;
  const theta = ((a[q * n + q] ?? 0) - (a[p * n + p] ?? 0)) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(t, 1);
  const sine = t * cosine;
  for (let k = 0; k < n; k += 1) turn(a, k * n + p, k * n + q, cosine, sine);
  for (let k = 0; k < n; k += 1) turn(a, p * n + k, q * n + k, cosine, sine);
  for (let k = 0; k < n; k += 1) turn(v, p * n + k, q * n + k, cosine, sine);
}

function turn(data: Float64Array, i: number, j: number, cosine: number, sine: number): void {
  const [x, y] = [data[i] ?? 0, data[j] ?? 0];
  data[i] = cosine * x - sine * y;
  data[j] = sine * x + cosine * y;
}
