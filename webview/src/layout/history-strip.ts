import type { HistoryEntry } from "../../../core/protocol/panel/weights.ts";

/** How the values of a tensor were spread, step by step, in device pixels of a box. */
export interface HistoryStrip {
  readonly columns: readonly HistoryColumn[];
  /** The box shows values from −limit at its bottom to +limit at its top. */
  readonly limit: number;
  /** Pixel rows of every column. */
  readonly rows: number;
}

export interface HistoryColumn {
  readonly step: number;
  /** First pixel and the one after the last. */
  readonly left: number;
  readonly right: number;
  /** Share of exact zeros, 0..1. */
  readonly zeroFraction: number;
  /** Strength 0..1 of each pixel row from the top, the root of the density of values there. */
  readonly strengths: Float32Array;
}

/**
 * Columns from halfway to the step before to halfway to the next one, steps linear over the box. The
 * density is the share of all values, zeros among them, that fall into a pixel row: it fades as values
 * become zero. The strongest density of all steps has strength 1.
 */
export function historyStrip(
  entries: readonly HistoryEntry[],
  { width, height }: { readonly width: number; readonly height: number },
): HistoryStrip {
  const limit = entries.reduce((most, { histogram }) => Math.max(most, reachOf(histogram)), 0);
  const edges = columnEdges(
    entries.map(({ step }) => step),
    width,
  );
  const columns = entries.map((entry, index) => ({
    step: entry.step,
    left: edges[index] ?? 0,
    right: Math.max((edges[index] ?? 0) + 1, edges[index + 1] ?? width),
    zeroFraction: entry.count > 0 ? entry.zeros / entry.count : 0,
    strengths: densities(entry, limit, height),
  }));
  const strongest = columns.reduce(
    (most, { strengths }) => strengths.reduce((held, value) => Math.max(held, value), most),
    0,
  );
  for (const { strengths } of columns) {
    for (const [row, value] of strengths.entries())
      strengths[row] = Math.sqrt(value / strongest) || 0;
  }
  return { columns, limit, rows: height };
}

/** Where the column of a step lies, middle in the box of `width`; steps are ascending. */
export function columnEdges(steps: readonly number[], width: number): readonly number[] {
  const first = steps[0] ?? 0;
  const last = steps.at(-1) ?? 0;
  if (steps.length < 2 || !(last > first)) return [0, width];
  const middles = steps.slice(1).map((step, index) => ((steps[index] ?? 0) + step) / 2);
  const start = first - ((middles[0] ?? first) - first);
  const end = last + (last - (middles.at(-1) ?? last));
  return [start, ...middles, end].map((place) =>
    Math.round(((place - start) / (end - start)) * width),
  );
}

/** Index of the column at a pixel, the nearest one outside of all. */
export function columnAt(columns: readonly HistoryColumn[], x: number): number {
  const found = columns.findLastIndex(({ left }) => left <= x);
  return Math.max(0, found);
}

function reachOf({ edges }: HistoryEntry["histogram"]): number {
  const reach = Math.max(Math.abs(edges[0] ?? 0), Math.abs(edges.at(-1) ?? 0));
  return Number.isFinite(reach) ? reach : 0;
}

/** Share of the values in each pixel row, values of a bin taken as evenly spread over it. */
function densities({ histogram, count }: HistoryEntry, limit: number, rows: number): Float32Array {
  const shares = new Float32Array(rows);
  if (!(limit > 0) || !(count > 0)) return shares;
  const placeOf = (value: number) => ((limit - value) / (2 * limit)) * rows;
  for (const [bin, held] of histogram.counts.entries()) {
    const top = placeOf(histogram.edges[bin + 1] ?? Number.NaN);
    const bottom = placeOf(histogram.edges[bin] ?? Number.NaN);
    if (!(bottom > top) || held <= 0) continue;
    const perPixel = held / count / (bottom - top);
    const last = Math.min(rows, Math.ceil(bottom));
    for (let row = Math.max(0, Math.floor(top)); row < last; row++) {
      const overlap = Math.min(bottom, row + 1) - Math.max(top, row);
      shares[row] = (shares[row] ?? 0) + perPixel * overlap;
    }
  }
  return shares;
}
