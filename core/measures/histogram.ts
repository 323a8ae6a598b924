export interface Histogram {
  /** One more than `counts`, ascending, symmetric about 0. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** Even, so that 0 is an edge and no bin mixes signs. */
const BINS = 40;

/**
 * Counts of the non-zero finite values in 40 equal bins over [−m, m], m = max |value|.
 *
 * Bin i is [edgeᵢ, edgeᵢ₊₁), the last one closed. Zeros are left out because a penalty makes many of
 * them and their bar would hide all others. No values give no bins and the single edge 0.
 */
export function histogram(values: Float32Array | Float64Array): Histogram {
  let max = 0;
  for (const value of values) if (Number.isFinite(value)) max = Math.max(max, Math.abs(value));
  if (max === 0) return { edges: [0], counts: [] };

  const counts = new Array<number>(BINS).fill(0);
  const half = BINS / 2;
  for (const value of values) {
    if (value === 0 || !Number.isFinite(value)) continue;
    // Negative values never round into the positive half, however small they are.
    const position = Math.floor((value / max) * half);
    const bin = Math.min(BINS - 1, half + (value < 0 ? Math.min(-1, position) : position));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const edges = Array.from({ length: BINS + 1 }, (_, i) => (max * (i - half)) / half);
  return { edges, counts };
}
