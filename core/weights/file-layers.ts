import type { Histogram } from "../measures/histogram.ts";
import { nearZeroThreshold } from "../measures/near-zeros.ts";
import type { LayerRow } from "../protocol/panel/weights.ts";
import type { ScannedTensor } from "./scan/scan-file.ts";
import { elementsOf, type StoredTensor } from "./weight-file.ts";

/** Bins on each side of zero; more are no wider than a pixel. */
const MOST_BINS = 24;

/** A tensor of which only the header is known. */
export function pendingLayer({ name, shape, dtype }: StoredTensor): LayerRow {
  return {
    layer: name,
    shape,
    dtype,
    count: elementsOf(shape),
    zeros: 0,
    nonFinite: 0,
    l1: 0,
    l2: 0,
    maxAbs: 0,
    histogram: { edges: [0], counts: [] },
    isPending: true,
  };
}

/** A tensor as the table of layers shows it. */
export function scannedLayer(tensor: ScannedTensor): LayerRow {
  const { name, shape, dtype, count, zeros, nonFinite, l1, l2, maxAbs, histogram } = tensor;
  return {
    layer: name,
    shape,
    dtype,
    count,
    zeros,
    nearZeros: countBelow(histogram, nearZeroThreshold(maxAbs)),
    nonFinite,
    l1,
    l2,
    maxAbs,
    histogram: { ...joinBins(histogram), isLog: true },
  };
}

/** Values in bins that lie below the threshold, a power of two and thereby an edge of bins. */
function countBelow({ edges, counts }: Histogram, threshold: number): number {
  return counts.reduce((sum, count, index) => {
    const [from = 0, to = 0] = [edges[index], edges[index + 1]];
    return Math.max(-from, to) <= threshold ? sum + count : sum;
  }, 0);
}

/** Bins on each side of the middle one, joined from there outwards, the same number in each but the last. */
function joinBins({ edges, counts }: Histogram): Histogram {
  const side = (counts.length - 1) / 2;
  const stride = Math.ceil(side / MOST_BINS);
  if (side < 1 || stride <= 1) return { edges, counts };
  const upper: { readonly to: number; readonly above: number; readonly below: number }[] = [];
  for (let from = 0; from < side; from += stride) {
    const to = Math.min(side, from + stride);
    const sum = (start: number, end: number) =>
      counts.slice(start, end).reduce((total, count) => total + count, 0);
    upper.push({
      to: edges[side + 1 + to] ?? Number.NaN,
      above: sum(side + 1 + from, side + 1 + to),
      below: sum(side - to, side - from),
    });
  }
  const positive = [edges[side + 1] ?? Number.NaN, ...upper.map(({ to }) => to)];
  return {
    edges: [...positive.map((edge) => -edge).reverse(), ...positive],
    counts: [
      ...upper.map(({ below }) => below).reverse(),
      counts[side] ?? 0,
      ...upper.map(({ above }) => above),
    ],
  };
}
