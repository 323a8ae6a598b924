import type { Matrix } from "../../../core/measures/matrix.ts";

/** A matrix in binary64, row-major. */
export interface Dense extends Matrix {
  readonly data: Float64Array;
}

/** The same numbers in binary64; a matrix that is so already is not copied. */
export function toDense({ rows, columns, data }: Matrix): Dense {
  return { rows, columns, data: data instanceof Float64Array ? data : Float64Array.from(data) };
}

/**
 * AB of A [n, k] and B [k, m].
 *
 * @throws {RangeError} If the inner dimensions differ.
 */
export function multiply(a: Matrix, b: Matrix): Dense {
  checkInner(a, a.columns, b, b.rows);
  const data = new Float64Array(a.rows * b.columns);
  const inFours = a.columns - (a.columns % 4);
  for (let row = 0; row < a.rows; row += 1) {
    for (let k = 0; k < inFours; k += 4)
      addFourRows(data, row * b.columns, b, k, a.data, row * a.columns + k);
    for (let k = inFours; k < a.columns; k += 1) {
      addRow(data, row * b.columns, b, k, a.data[row * a.columns + k] ?? 0);
    }
  }
  return { rows: a.rows, columns: b.columns, data };
}

/**
 * AᵀB of A [k, n] and B [k, m].
 *
 * @throws {RangeError} If the numbers of rows differ.
 */
export function transposedTimes(a: Matrix, b: Matrix): Dense {
  checkInner(a, a.rows, b, b.rows);
  const data = new Float64Array(a.columns * b.columns);
  for (let k = 0; k < a.rows; k += 1) {
    for (let row = 0; row < a.columns; row += 1) {
      addRow(data, row * b.columns, b, k, a.data[k * a.columns + row] ?? 0);
    }
  }
  return { rows: a.columns, columns: b.columns, data };
}

/**
 * ABᵀ of A [n, k] and B [m, k].
 *
 * @throws {RangeError} If the numbers of columns differ.
 */
export function timesTransposed(a: Matrix, b: Matrix): Dense {
  checkInner(a, a.columns, b, b.columns);
  return multiply(a, transpose(b));
}

export function transpose({ rows, columns, data }: Matrix): Dense {
  const turned = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      turned[column * rows + row] = data[row * columns + column] ?? 0;
    }
  }
  return { rows: columns, columns: rows, data: turned };
}

/**
 * target[at…] += four rows of `source` from k on, times the four factors from `first` on.
 *
 * Four at once, so that the target is read and written a quarter as often.
 */
function addFourRows(
  target: Float64Array,
  at: number,
  source: Matrix,
  k: number,
  factors: Float32Array | Float64Array,
  first: number,
): void {
  const { columns, data } = source;
  const [x0, x1] = [factors[first] ?? 0, factors[first + 1] ?? 0];
  const [x2, x3] = [factors[first + 2] ?? 0, factors[first + 3] ?? 0];
  for (let column = 0, from = k * columns; column < columns; column += 1, from += 1) {
    target[at + column] =
      (target[at + column] ?? 0) +
      x0 * (data[from] ?? 0) +
      x1 * (data[from + columns] ?? 0) +
      x2 * (data[from + 2 * columns] ?? 0) +
      x3 * (data[from + 3 * columns] ?? 0);
  }
}

/** target[at…] += factor · row k of `source`. */
function addRow(target: Float64Array, at: number, source: Matrix, k: number, factor: number): void {
  const { columns, data } = source;
  for (let column = 0, from = k * columns; column < columns; column += 1, from += 1) {
    target[at + column] = (target[at + column] ?? 0) + factor * (data[from] ?? 0);
  }
}

function checkInner(a: Matrix, sideOfA: number, b: Matrix, sideOfB: number): void {
  if (sideOfA === sideOfB) return;
  throw new RangeError(
    `Cannot multiply: [${a.rows}, ${a.columns}] and [${b.rows}, ${b.columns}] do not fit together`,
  );
}
