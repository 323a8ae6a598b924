import type { Histogram } from "./histogram-bars.ts";

/**
 * Joins neighbouring bins until at most `most` are left, so that each bar can be drawn some pixels
 * wide. A bin edge at zero stays an edge where the joining allows it.
 */
export function mergeBins(histogram: Histogram, most: number): Histogram {
  const { edges, counts } = histogram;
  const stride = Math.ceil(counts.length / Math.max(1, most));
  if (stride <= 1) return histogram;
  const merged: number[] = [];
  const kept: number[] = [];
  for (let start = startOffset(edges, stride); start < counts.length; start += stride) {
    const from = Math.max(0, start);
    const to = Math.min(counts.length, start + stride);
    merged.push(counts.slice(from, to).reduce((sum, count) => sum + count, 0));
    kept.push(edges[from] ?? Number.NaN);
  }
  return { ...histogram, edges: [...kept, edges[counts.length] ?? Number.NaN], counts: merged };
}

/** Start of the first group, at most zero, chosen so that a group begins at the edge at zero. */
function startOffset(edges: readonly number[], stride: number): number {
  const zero = edges.indexOf(0);
  return zero < 0 ? 0 : (zero % stride) - (zero % stride === 0 ? 0 : stride);
}
