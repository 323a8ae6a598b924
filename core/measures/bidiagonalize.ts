import type { Matrix } from "./matrix.ts";
import { addScaled, dot, norm } from "./vector.ts";

export interface Bidiagonal {
  /** Of length k = min(rows, columns). */
  readonly diagonal: Float64Array;
  /** Of length k; entry i stands beside diagonal entry i, the last is 0. */
  readonly superdiagonal: Float64Array;
}

/**
 * Upper bidiagonal B = QᵀAP of A/scale with orthogonal Q and P, which has A's singular values/scale.
 *
 * Householder reflections from both sides, about 4·rows·columns·k operations.
 *
 * @see Golub & Van Loan 2013, "Matrix Computations", algorithm 5.4.2.
 */
export function bidiagonalize(matrix: Matrix, scale: number): Bidiagonal {
  const columns = longColumns(matrix, scale);
  const count = columns.length;
  const diagonal = new Float64Array(count);
  const superdiagonal = new Float64Array(count);
  for (let k = 0; k < count; k += 1) {
    diagonal[k] = reflectColumns(columns, k);
    if (k + 1 < count) superdiagonal[k] = reflectRows(columns, k);
  }
  return { diagonal, superdiagonal };
}

/** The columns of A, or of Aᵀ where that is the taller one; both have the same singular values. */
function longColumns({ rows, columns, data }: Matrix, scale: number): Float64Array[] {
  const isTall = rows >= columns;
  const length = isTall ? rows : columns;
  return Array.from({ length: isTall ? columns : rows }, (_, j) =>
    Float64Array.from({ length }, (_entry, i) => {
      return (data[isTall ? i * columns + j : j * columns + i] ?? 0) / scale;
    }),
  );
}

/** Turns column k, from row k down, into a multiple of the first unit vector; gives that multiple. */
function reflectColumns(columns: readonly Float64Array[], k: number): number {
  const v = (columns[k] ?? new Float64Array(0)).subarray(k);
  const pivot = toReflector(v);
  if (pivot === 0) return 0;
  for (const column of columns.slice(k + 1)) {
    const tail = column.subarray(k);
    addScaled(tail, v, -2 * dot(v, tail));
  }
  return pivot;
}

/** Does the same from the right to row k, from column k + 1 on. */
function reflectRows(columns: readonly Float64Array[], k: number): number {
  const rest = columns.slice(k + 1);
  const v = Float64Array.from(rest, (column) => column[k] ?? 0);
  const pivot = toReflector(v);
  if (pivot === 0) return 0;
  const length = columns[0]?.length ?? 0;
  const product = new Float64Array(length - k);
  for (const [j, column] of rest.entries()) addScaled(product, column.subarray(k), v[j] ?? 0);
  for (const [j, column] of rest.entries()) {
    addScaled(column.subarray(k), product, -2 * (v[j] ?? 0));
  }
  return pivot;
}

/**
 * Overwrites x by the unit vector v with (I − 2vvᵀ)x = pivot·e₁, and gives the pivot ∓‖x‖.
 *
 * The sign is opposite to x₁'s, so that nothing cancels. A zero vector stays and gives 0.
 */
function toReflector(x: Float64Array): number {
  const length = norm(x);
  if (length === 0) return 0;
  const pivot = (x[0] ?? 0) > 0 ? -length : length;
  x[0] = (x[0] ?? 0) - pivot;
  const reflectorLength = norm(x);
  for (let i = 0; i < x.length; i += 1) x[i] = (x[i] ?? 0) / reflectorLength;
  return pivot;
}
