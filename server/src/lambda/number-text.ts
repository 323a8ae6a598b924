/** Below this and from the other on, numbers are written with an exponent. */
const LEAST_PLAIN = 1e-3;
const FIRST_EXPONENT = 1e5;

/** As people write it: `1e-4`, `0.02`, `69,300`, `1e5`. `digits` are significant. */
export function shortNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : String(value);
  if (value === 0) return "0";
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size < LEAST_PLAIN || size >= FIRST_EXPONENT) return withExponent(rounded);
  return rounded.toLocaleString("en-US", { maximumSignificantDigits: digits });
}

/** A share in percent: `0.02 %`. */
export function percent(share: number, digits = 3): string {
  return `${shortNumber(100 * share, digits)} %`;
}

/**
 * As code: no digits that only come from binary arithmetic, and none lost. A YAML reader of version
 * 1.1 takes `5e-5` for text, so `isYaml` writes `5.0e-5`.
 */
export function codeNumber(value: number, isYaml = false): string {
  const clean = Number(value.toPrecision(15));
  const size = Math.abs(clean);
  if (clean === 0 || (size >= LEAST_PLAIN && size < FIRST_EXPONENT)) return String(clean);
  const text = withExponent(clean);
  if (!isYaml) return text;
  const [mantissa = "", exponent = ""] = text.split("e");
  const sign = exponent.startsWith("-") ? "" : "+";
  return `${mantissa.includes(".") ? mantissa : `${mantissa}.0`}e${sign}${exponent}`;
}

function withExponent(value: number): string {
  return value.toExponential().replace("e+", "e");
}
