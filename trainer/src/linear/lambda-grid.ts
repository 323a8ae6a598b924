/**
 * Descending λ from `largest` to `largest · ratio` in equal steps of log λ:
 * λₖ = λ_max · ratio^(k/(K−1)); the largest alone for one.
 *
 * @throws {RangeError} If `largest` is not a positive number or `ratio` lies outside (0, 1).
 */
export function lambdaPath(largest: number, count: number, ratio: number): Float64Array {
  if (!(largest > 0 && Number.isFinite(largest))) {
    throw new RangeError(`Cannot start a path of λ at ${largest}`);
  }
  if (!(ratio > 0 && ratio < 1))
    throw new RangeError(`Cannot end a path of λ at ${ratio} of λ_max`);
  return Float64Array.from({ length: count }, (_, k) =>
    count === 1 ? largest : largest * ratio ** (k / (count - 1)),
  );
}
