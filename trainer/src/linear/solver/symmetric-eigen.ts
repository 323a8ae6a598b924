import type { Address, Kernels } from "./kernels.ts";

/** Columns of a strip of eigenvectors that stays in the cache while rotations pass over it. */
const STRIP = 64;
/** Rows that reflectors pass over at a time. */
const ROWS = 32;
/** Rotations that are recorded before they are applied. */
const MOST_ROTATIONS = 65_536;

/** A symmetric matrix as Q·T·Qᵀ with a tridiagonal T. */
export interface Tridiagonal {
  readonly n: number;
  readonly ld: number;
  /** Reflectors of Q, in place of the matrix. */
  readonly reflectors: Address;
  readonly factors: Address;
  readonly diagonal: Address;
  /** Entry i lies between i and i+1. */
  readonly offDiagonal: Address;
}

/** Reduces the matrix [ld, ld] at `matrix`, of which the first n rows and columns count, in place. */
export function tridiagonalize(
  kernels: Kernels,
  matrix: Address,
  n: number,
  ld: number,
): Tridiagonal {
  const diagonal = kernels.numbers(ld);
  const offDiagonal = kernels.numbers(ld);
  const factors = kernels.numbers(ld);
  const u = kernels.numbers(ld);
  kernels.tridiagonalize(matrix, n, ld, diagonal, offDiagonal, factors, u);
  return { n, ld, reflectors: matrix, factors, diagonal, offDiagonal };
}

/** Rows of `vectors` [rows, ld], each ← Q·row: out of the tridiagonal matrix's coordinates. */
export function leaveTridiagonal(
  kernels: Kernels,
  reduced: Tridiagonal,
  vectors: Address,
  rows: number,
): void {
  reflect(kernels, reduced, vectors, rows, 0);
}

/** Rows of `vectors` [rows, ld], each ← Qᵀ·row: into the tridiagonal matrix's coordinates. */
export function enterTridiagonal(
  kernels: Kernels,
  reduced: Tridiagonal,
  vectors: Address,
  rows: number,
): void {
  reflect(kernels, reduced, vectors, rows, 1);
}

function reflect(
  kernels: Kernels,
  { n, ld, reflectors, factors }: Tridiagonal,
  vectors: Address,
  rows: number,
  isTransposed: 0 | 1,
): void {
  for (let from = 0; from < rows; from += ROWS) {
    const to = Math.min(rows, from + ROWS);
    kernels.reflectRows(reflectors, n, ld, factors, vectors, from, to, isTransposed);
  }
}

export interface Eigen {
  /** In no particular order. */
  readonly values: Float64Array;
  /** Unit eigenvectors, one a row of [n, ld]. */
  readonly vectors: Address;
}

/**
 * Eigenvalues and eigenvectors of the symmetric matrix at `matrix` [ld, ld], which is lost.
 *
 * Rotations are recorded and applied strip by strip, so that vectors pass through memory a few times
 * only.
 *
 * @throws {RangeError} If an eigenvalue is not found in 60 sweeps, as with entries that are not finite.
 */
export function symmetricEigen(kernels: Kernels, matrix: Address, n: number, ld: number): Eigen {
  const reduced = tridiagonalize(kernels, matrix, n, ld);
  const vectors = kernels.numbers(n * ld);
  const rotations = kernels.numbers(2 * MOST_ROTATIONS);
  const places = kernels.allocate(4 * MOST_ROTATIONS);
  const state = kernels.numbers(2);
  const identity = kernels.floats(vectors, n * ld);
  for (let i = 0; i < n; i++) identity[i * ld + i] = 1;
  const { diagonal, offDiagonal } = reduced;
  const status = kernels.integers(state, 4);
  while ((status[0] ?? n) < n) {
    const count = kernels.implicitQl(
      ...[diagonal, offDiagonal, n, rotations, places, MOST_ROTATIONS, state],
    );
    if (status[1] === 1)
      throw new RangeError(`Cannot find the eigenvalues of a matrix [${n}, ${n}]`);
    for (let from = 0; from < ld; from += STRIP) {
      kernels.rotateRows(vectors, ld, from, Math.min(ld, from + STRIP), rotations, places, count);
    }
  }
  leaveTridiagonal(kernels, reduced, vectors, n);
  return { values: kernels.floats(diagonal, n).slice(), vectors };
}
