import { conditioning } from "./condition-number.ts";
import { noiseEdge } from "./noise-edge.ts";

/** What the singular values of a weight matrix tell besides themselves. */
export interface SpectrumFacts {
  /** Number of singular values that cannot be taken for zero. */
  readonly rank?: number;
  /** σ₁/σ_min; absent where the rank is not full, for which it is ∞. */
  readonly condition?: number;
  /** The largest singular value that noise with the same median would have. */
  readonly noiseEdge?: number;
}

/**
 * Rank, condition and noise edge of a matrix [rows, columns] by all its singular values, largest first.
 *
 * Of `columns` those that are zero throughout, `deadColumns`, are no part of the noise.
 */
export function spectrumFacts(
  spectrum: readonly number[] | undefined,
  { rows, columns, deadColumns = 0 }: { rows: number; columns: number; deadColumns?: number },
): SpectrumFacts {
  if (spectrum === undefined) return {};
  const edge = noiseEdge(spectrum, { rows, columns: columns - deadColumns });
  return {
    ...conditioning(spectrum, { rows, columns }),
    ...(edge === undefined ? {} : { noiseEdge: edge }),
  };
}
