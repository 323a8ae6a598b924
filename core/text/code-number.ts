/**
 * A number as code would write it, in full: `1e-4`, `0.183`, `2.5e-3`, `3000`. Reading it back gives
 * the same number.
 */
export function codeNumber(value: number): string {
  const size = Math.abs(value);
  const isPlain = size === 0 || (size >= 0.01 && size < 1e7) || !Number.isFinite(value);
  if (isPlain) return Object.is(value, -0) ? "0" : String(value);
  return Number.isInteger(value) && !/0{3,}$/.test(String(value))
    ? String(value)
    : value.toExponential().replace("e+", "e");
}
