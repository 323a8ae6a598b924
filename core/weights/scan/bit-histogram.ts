import type { Histogram } from "../../measures/histogram.ts";

/** Bins of one sign: exponent and three bits of the fraction of a binary32. */
export const BINS = 2048;
/** The first bin that holds no number: ±∞, then NaN. */
const FIRST_NON_FINITE = 0x7f8;
const SHIFT = 20;

const word = new DataView(new ArrayBuffer(4));

/** The bin of a value's nearest binary32; bins of negative values are behind the {@link BINS} others. */
export function binOf(value: number): number {
  word.setFloat32(0, value);
  return word.getUint32(0) >>> SHIFT;
}

/** Smallest magnitude in a bin: an eighth of an octave, evenly within its octave. */
function edgeOf(bin: number): number {
  word.setUint32(0, bin << SHIFT);
  return word.getFloat32(0);
}

/**
 * The non-zero finite values as a histogram over eighths of octaves, from counts by {@link binOf}.
 *
 * Bins run from −max over one bin about 0, which is empty but for values below 2⁻¹⁴⁸·2²⁰, to +max;
 * those that are empty on both ends are left out. Values beyond binary32's range are in no bin.
 */
export function bitHistogram(counts: ArrayLike<number>, zeros: number): Histogram {
  const of = (bin: number) => counts[bin] ?? 0;
  const middle = of(0) + of(BINS) - zeros;
  let first = 1;
  let last: number | undefined;
  for (let bin = 1; bin < FIRST_NON_FINITE; bin++) {
    if (of(bin) + of(BINS + bin) === 0) continue;
    if (last === undefined) first = bin;
    last = bin;
  }
  if (last === undefined && middle === 0) return { edges: [0], counts: [] };
  const bins = Array.from(
    { length: last === undefined ? 0 : last - first + 1 },
    (_, at) => first + at,
  );
  const positive = [...bins, bins.length === 0 ? first : first + bins.length].map(edgeOf);
  return {
    edges: [...positive.map((edge) => -edge).reverse(), ...positive],
    counts: [...bins.map((bin) => of(BINS + bin)).reverse(), middle, ...bins.map(of)],
  };
}
