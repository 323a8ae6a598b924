/** Unit roundoff of binary64, in which singular values are computed. */
const ROUNDOFF = 2 ** -52;

export interface Conditioning {
  /** Singular values above σ₁·max(rows, columns)·2⁻⁵². */
  readonly rank: number;
  /** σ₁/σ_min; absent where the matrix has not full rank, for which it is ∞. */
  readonly condition?: number;
}

/**
 * Rank and 2-norm condition number of a matrix [rows, columns] from all its singular values, largest
 * first; `undefined` where they are not min(rows, columns) values, or none.
 *
 * A singular value that cannot be told from rounding counts as zero, as NumPy's `matrix_rank` has it;
 * without that, rounding alone would decide between 1e16 and ∞. A matrix of zeros has rank 0.
 */
export function conditioning(
  spectrum: readonly number[],
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Conditioning | undefined {
  const largest = spectrum[0];
  if (largest === undefined || spectrum.length !== Math.min(rows, columns)) return undefined;
  const least = largest * Math.max(rows, columns) * ROUNDOFF;
  const rank = spectrum.filter((value) => value > least).length;
  const smallest = spectrum.at(-1) ?? 0;
  return rank === spectrum.length ? { rank, condition: largest / smallest } : { rank };
}
