import { bidiagonalize } from "./bidiagonalize.ts";
import type { Matrix } from "./matrix.ts";

/** About half a second on one core of 2020; a bigger matrix gets no spectrum rather than a late one. */
const MAX_OPERATIONS = 1e9;
const BISECTIONS = 55;

/**
 * Singular values of a matrix [rows, columns], largest first; min(rows, columns) of them.
 *
 * Householder bidiagonalization, then bisection on the eigenvalues ±σ of the tridiagonal matrix with
 * zeros on its diagonal and the bidiagonal's entries, interleaved, beside it. Each σ is right to
 * about 1e-15·σ_max, zeros included, which the eigenvalues of WᵀW are not.
 *
 * `undefined` for an entry that is NaN or ±∞, and where 4·rows·columns·min exceeds 10⁹.
 *
 * @see Golub & Kahan 1965, doi:10.1137/0702016, section 3.
 */
export function singularValues(matrix: Matrix): Float64Array | undefined {
  const count = Math.min(matrix.rows, matrix.columns);
  if (4 * matrix.rows * matrix.columns * count > MAX_OPERATIONS) return undefined;

  // Scaling keeps squares of very large or small weights inside the range of binary64.
  let scale = 0;
  for (const entry of matrix.data) {
    if (!Number.isFinite(entry)) return undefined;
    scale = Math.max(scale, Math.abs(entry));
  }
  if (scale === 0) return new Float64Array(count);
  const { diagonal, superdiagonal } = bidiagonalize(matrix, scale);
  const squares = new Float64Array(2 * count - 1);
  let bound = 0;
  for (let i = 0; i < count; i += 1) {
    const [d, e] = [diagonal[i] ?? 0, superdiagonal[i] ?? 0];
    squares[2 * i] = d * d;
    if (i + 1 < count) squares[2 * i + 1] = e * e;
    bound = Math.max(bound, Math.abs(d) + Math.abs(e) + Math.abs(superdiagonal[i - 1] ?? 0));
  }
  return Float64Array.from({ length: count }, (_, k) => {
    return scale * kthLargest(squares, k, bound);
  });
}

/** Eigenvalue number k from above of the symmetric tridiagonal matrix, which lies in [0, bound]. */
function kthLargest(squares: Float64Array, k: number, bound: number): number {
  let [low, high] = [0, bound];
  for (let step = 0; step < BISECTIONS; step += 1) {
    const middle = (low + high) / 2;
    if (countAbove(squares, middle) > k) low = middle;
    else high = middle;
  }
  return low === 0 ? 0 : (low + high) / 2;
}

/** Sylvester's law of inertia: the positive pivots of T − x·I are as many as the eigenvalues above x. */
function countAbove(squares: Float64Array, x: number): number {
  let pivot = -x;
  let count = 0;
  for (const square of squares) {
    // A pivot of zero stands for a very small one; either sign gives a valid count.
    pivot = -x - square / (pivot === 0 ? -Number.MIN_VALUE : pivot);
    if (pivot > 0) count += 1;
  }
  return count;
}
