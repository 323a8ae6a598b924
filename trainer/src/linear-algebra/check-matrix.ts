import type { Matrix } from "../../../core/measures/matrix.ts";

/** @throws {RangeError} If the matrix is not square. */
export function checkSquare(a: Matrix): void {
  if (a.rows !== a.columns) {
    throw new RangeError(`Cannot decompose [${a.rows}, ${a.columns}]: the matrix must be square`);
  }
}

/** @throws {RangeError} If an entry is NaN or ±∞; the message says which. */
export function checkFinite(a: Matrix): void {
  const at = a.data.findIndex((entry) => !Number.isFinite(entry));
  if (at < 0) return;
  const [row, column] = [Math.floor(at / a.columns), at % a.columns];
  throw new RangeError(
    `Cannot decompose a matrix with ${a.data[at]} at row ${row}, column ${column}`,
  );
}
