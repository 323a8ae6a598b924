import type { Matrix } from "../../../core/measures/matrix.ts";

/** @throws {RangeError} If the rows of `from` and `to` are not as many, or there are none. */
export function checkPairs(from: Matrix, to: Matrix): void {
  if (from.rows !== to.rows) {
    throw new RangeError(`Cannot pair ${from.rows} rows with ${to.rows} rows`);
  }
  if (from.rows === 0) throw new RangeError("Cannot fit a map to 0 pairs of rows");
}
