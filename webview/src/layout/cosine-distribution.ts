import type { Histogram } from "./histogram-bars.ts";

/** Counts of cosines over [−1, 1] in bins of equal width; NaN marks a missing pair and is left out. */
export function cosineDistribution(cosines: Float32Array, bins: number): Histogram {
  const counts = new Array<number>(bins).fill(0);
  for (const cosine of cosines) {
    if (!Number.isFinite(cosine)) continue;
    const bin = Math.floor(((Math.min(1, Math.max(-1, cosine)) + 1) / 2) * bins);
    const index = Math.min(bins - 1, bin);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  const edges = Array.from({ length: bins + 1 }, (_, index) => -1 + (2 * index) / bins);
  return { edges, counts };
}

/** Middle value of the finite cosines; NaN when there are none. */
export function medianOf(values: Float32Array): number {
  const finite = values.filter(Number.isFinite).sort();
  const middle = finite.length >> 1;
  if (finite.length === 0) return Number.NaN;
  return finite.length % 2 === 1
    ? (finite[middle] ?? Number.NaN)
    : ((finite[middle - 1] ?? Number.NaN) + (finite[middle] ?? Number.NaN)) / 2;
}
