/** The mean error of one λ over the folds, with the standard error of that mean. */
export interface MeanError {
  readonly mean: number;
  /** sd(fold errors)/√K with divisor K−1; 0 for one fold. */
  readonly se: number;
}

/** Mean and standard error over folds of `errors` [folds][λ]; every fold counts alike. */
export function meanErrors(errors: readonly Float64Array[]): readonly MeanError[] {
  const folds = errors.length;
  const count = errors[0]?.length ?? 0;
  return Array.from({ length: count }, (_, index) => {
    const own = errors.map((fold) => fold[index] ?? Number.NaN);
    const mean = own.reduce((sum, value) => sum + value, 0) / folds;
    const square = own.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, se: folds > 1 ? Math.sqrt(square / (folds - 1) / folds) : 0 };
  });
}

/** Index of the least mean; of the first, which is the larger λ, where several are equal. */
export function bestIndex(errors: readonly MeanError[]): number {
  const means = errors.map(({ mean }) => (Number.isNaN(mean) ? Number.POSITIVE_INFINITY : mean));
  return means.indexOf(Math.min(...means));
}

/**
 * One-standard-error rule over descending λ: the largest λ whose mean error is at most the least one
 * plus that one's standard error.
 *
 * @see Breiman, Friedman, Olshen & Stone 1984, section 3.4.3; Hastie, Tibshirani & Friedman 2009, 7.10.
 */
export function oneStandardErrorIndex(errors: readonly MeanError[]): number {
  const least = errors[bestIndex(errors)];
  if (least === undefined) return -1;
  return errors.findIndex(({ mean }) => mean <= least.mean + least.se);
}
