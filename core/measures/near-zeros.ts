/** A near zero is smaller than the largest weight by at least this power of two. */
const OCTAVES = 10;

const word = new DataView(new ArrayBuffer(8));

/**
 * 2^(⌊log₂ m⌋ − 10), m = max |w|: values below it in magnitude that are not exactly zero are near zero.
 *
 * It lies between m/2048 and m/1024, the last digit that m has in binary16: what is below it is lost
 * when it is added to m there. Relative to m because weights have no unit, and a power of two so that
 * one pass over a file, which knows m only at its end, still counts exactly. 0 for m = 0.
 *
 * @see Hurley & Rickard 2009, doi:10.1109/TIT.2009.2027527, table I, measure ℓ⁰_ε with this ε.
 */
export function nearZeroThreshold(maxAbs: number): number {
  return maxAbs > 0 && Number.isFinite(maxAbs) ? 2 ** (exponentOf(maxAbs) - OCTAVES) : 0;
}

/** Number of values with 0 < |w| < {@link nearZeroThreshold}. */
export function nearZeros(values: Float32Array | Float64Array, maxAbs: number): number {
  const threshold = nearZeroThreshold(maxAbs);
  let count = 0;
  for (const value of values) if (value !== 0 && Math.abs(value) < threshold) count += 1;
  return count;
}

/** ⌊log₂ x⌋ for finite x > 0, from the bits: a logarithm may round up to the next whole number. */
function exponentOf(x: number): number {
  word.setFloat64(0, x);
  const biased = word.getUint16(0) >>> 4;
  return biased === 0 ? exponentOf(x * 2 ** 64) - 64 : biased - 1023;
}
