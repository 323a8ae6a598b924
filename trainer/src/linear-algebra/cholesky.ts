import type { Matrix } from "../../../core/measures/matrix.ts";
import { checkFinite, checkSquare } from "./check-matrix.ts";
import type { Dense } from "./products.ts";

/**
 * X with AX = B for a symmetric positive definite A [n, n] and B [n, m], by A = LLᵀ; `undefined` where
 * a pivot is not above n·ε of its diagonal entry, so that A is singular as far as binary64 can tell.
 *
 * Only the lower half of A is read. Rows are worked on as wholes, which is several times faster than
 * the library's entry by entry.
 *
 * @throws {RangeError} If the shapes do not fit, or an entry is NaN or ±∞.
 * @see Golub & Van Loan 2013, "Matrix Computations", section 4.2.
 */
export function choleskySolve(a: Matrix, b: Matrix): Dense | undefined {
  checkSquare(a);
  checkFinite(a);
  if (a.rows !== b.rows) {
    throw new RangeError(
      `Cannot solve for [${b.rows}, ${b.columns}] with a matrix [${a.rows}, ${a.columns}]`,
    );
  }
  const lower = factor(a);
  if (lower === undefined) return undefined;
  const { rows: n, columns: m } = b;
  const data = Float64Array.from(b.data);
  for (let i = 0; i < n; i += 1) {
    for (let k = 0; k < i; k += 1) subtractRow(data, m, i, k, lower[i * n + k] ?? 0);
    divideRow(data, m, i, lower[i * n + i] ?? 1);
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < n; k += 1) subtractRow(data, m, i, k, lower[k * n + i] ?? 0);
    divideRow(data, m, i, lower[i * n + i] ?? 1);
  }
  return { rows: n, columns: m, data };
}

/** L of A = LLᵀ, row-major with zeros above the diagonal. */
function factor({ rows: n, data: a }: Matrix): Float64Array | undefined {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const rest = (a[i * n + j] ?? 0) - startsDot(lower, i * n, j * n, j);
      lower[i * n + j] = j < i ? rest / (lower[j * n + j] ?? 1) : rest;
    }
    const pivot = lower[i * n + i] ?? 0;
    // What elimination leaves of a diagonal entry below this may be made of rounding alone.
    if (pivot <= n * Number.EPSILON * (a[i * n + i] ?? 0)) return undefined;
    lower[i * n + i] = Math.sqrt(pivot);
  }
  return lower;
}

/** Dot product of `length` entries from `x` and from `y` on. */
function startsDot(data: Float64Array, x: number, y: number, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k += 1) sum += (data[x + k] ?? 0) * (data[y + k] ?? 0);
  return sum;
}

/** row i −= value · row k */
function subtractRow(data: Float64Array, m: number, i: number, k: number, value: number): void {
  if (value === 0) return;
  for (let column = 0, x = i * m, y = k * m; column < m; column += 1, x += 1, y += 1) {
    data[x] = (data[x] ?? 0) - value * (data[y] ?? 0);
  }
}

function divideRow(data: Float64Array, m: number, i: number, by: number): void {
  for (let at = i * m; at < (i + 1) * m; at += 1) data[at] = (data[at] ?? 0) / by;
}
