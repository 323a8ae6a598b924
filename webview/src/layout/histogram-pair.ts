import type { Histogram, HistogramBox } from "./histogram-bars.ts";

/** One histogram drawn over another on common axes. */
export interface HistogramPair {
  /** Values at the left and the right end of the box. */
  readonly from: number;
  readonly to: number;
  readonly bars: readonly PairBar[];
  /** Outline of the other one as an SVG path, origin top left of the box. */
  readonly outline: string;
}

export interface PairBar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/**
 * Two histograms with bins of their own: heights are (density / largest density of both)^power, the
 * density being values per unit of width, because a count would depend on how wide a bin is.
 * `undefined` where neither has a value.
 */
export function histogramPair(
  ours: Histogram,
  theirs: Histogram,
  { width, height, gap, power }: HistogramBox,
): HistogramPair | undefined {
  const ends = [ours, theirs].flatMap(({ edges, counts }) =>
    counts.length === 0 ? [] : [edges[0] ?? 0, edges[counts.length] ?? 0],
  );
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  const [a, b] = [densities(ours), densities(theirs)];
  const peak = Math.max(0, ...a, ...b);
  if (!(to > from) || !(peak > 0)) return undefined;
  const placeOf = (value: number) => ((value - from) / (to - from)) * width;
  const heightOf = (density: number) => height * (density / peak) ** power;
  const bars = ours.counts.flatMap((count, bin): PairBar[] => {
    const [low, high] = [ours.edges[bin] ?? 0, ours.edges[bin + 1] ?? 0];
    if (!(count > 0)) return [];
    const full = placeOf(high) - placeOf(low);
    const tall = heightOf(a[bin] ?? 0);
    const wide = Math.max(full - gap, Math.min(full, 1));
    const x = placeOf(low) + (full - wide) / 2;
    return [{ x, y: height - tall, width: wide, height: tall, from: low, to: high, count }];
  });
  return { from, to, bars, outline: outlineOf(theirs, b, { placeOf, heightOf, height }) };
}

function densities({ edges, counts }: Histogram): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count, bin) => {
    const width = (edges[bin + 1] ?? 0) - (edges[bin] ?? 0);
    return width > 0 && total > 0 ? count / total / width : 0;
  });
}

function outlineOf(
  { edges, counts }: Histogram,
  density: readonly number[],
  scale: {
    readonly placeOf: (value: number) => number;
    readonly heightOf: (density: number) => number;
    readonly height: number;
  },
): string {
  if (counts.length === 0) return "";
  const { placeOf, heightOf, height } = scale;
  const steps = density.map((value, bin) => {
    const y = (height - heightOf(value)).toFixed(1);
    return `V${y}H${placeOf(edges[bin + 1] ?? 0).toFixed(1)}`;
  });
  return `M${placeOf(edges[0] ?? 0).toFixed(1)} ${height.toFixed(1)}${steps.join("")}V${height.toFixed(1)}`;
}
