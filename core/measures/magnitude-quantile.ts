/** Of more values than this an even choice is sorted. */
const MOST_SORTED = 20_000;

/**
 * The value that a share `quantile` (0..1) of the non-zero finite |w| does not exceed, the nearest
 * one by rank; 0 where there is none.
 */
export function magnitudeQuantile(values: Float32Array | Float64Array, quantile: number): number {
  const stride = Math.max(1, Math.ceil(values.length / MOST_SORTED));
  const found: number[] = [];
  for (let index = 0; index < values.length; index += stride) {
    const size = Math.abs(values[index] ?? 0);
    if (size > 0 && Number.isFinite(size)) found.push(size);
  }
  found.sort((a, b) => a - b);
  return found[Math.max(0, Math.ceil(quantile * found.length) - 1)] ?? 0;
}
