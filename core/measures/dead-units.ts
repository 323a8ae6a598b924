/**
 * Output units whose incoming weights are all exactly ±0.
 *
 * `weights` is [.., in, out] in row-major order, a convolution [h, w, in, out]: one unit per entry of
 * the last axis. `undefined` where there are no units to speak of: rank below 2, or no weights.
 */
export function deadUnits(
  weights: Float32Array | Float64Array,
  shape: readonly number[],
): { readonly units: number; readonly dead: number } | undefined {
  const units = shape.at(-1) ?? 0;
  if (shape.length < 2 || weights.length === 0 || units === 0) return undefined;
  const isAlive = new Uint8Array(units);
  for (let index = 0; index < weights.length; index += 1) {
    if (weights[index] !== 0) isAlive[index % units] = 1;
  }
  return { units, dead: isAlive.filter((alive) => alive === 0).length };
}
