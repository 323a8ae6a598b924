/** Side of zero on which a bar lies; a bar with zero strictly inside is `across`. */
export type BarSide = "below" | "above" | "across";

/** A bar in CSS pixels, origin top left of the histogram's own box. */
export interface HistogramBar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly side: BarSide;
  readonly count: number;
  readonly from: number;
  readonly to: number;
}

export interface Histogram {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Every bin is drawn as wide as every other: they are of equal width in log |w|. */
  readonly isLog?: true;
}

export interface HistogramBox {
  readonly width: number;
  readonly height: number;
  /** Empty pixels between neighbours; ignored where bars would vanish. */
  readonly gap: number;
  /** Exponent of the height, 1 for counts, 0.5 for their roots. */
  readonly power: number;
}

/**
 * Bars of the non-zero values: x linear over the edges, or over the bins of a logarithmic histogram;
 * height (count / largest count)^power of the box. Entries that are not finite or not ascending give no bar.
 */
export function histogramBars(histogram: Histogram, box: HistogramBox): HistogramBar[] {
  const { edges, counts, isLog = false } = histogram;
  const placeOf = (edge: number) => (isLog ? edge : (edges[edge] ?? Number.NaN));
  const first = placeOf(0);
  const last = placeOf(counts.length);
  const peak = Math.max(0, ...counts);
  if (!(last > first) || !Number.isFinite(last - first) || peak === 0) return [];
  const scale = box.width / (last - first);
  return counts.flatMap((count, index) => {
    const from = edges[index] ?? Number.NaN;
    const to = edges[index + 1] ?? Number.NaN;
    if (!(to > from) || !(count > 0)) return [];
    const full = (placeOf(index + 1) - placeOf(index)) * scale;
    const width = Math.max(full - box.gap, Math.min(full, 1));
    const height = box.height * (count / peak) ** box.power;
    const x = (placeOf(index) - first) * scale + (full - width) / 2;
    return [{ x, y: box.height - height, width, height, side: barSide(from, to), count, from, to }];
  });
}

export function barSide(from: number, to: number): BarSide {
  if (to <= 0) return "below";
  return from >= 0 ? "above" : "across";
}
