/**
 * Numbers as the page writes them: a true minus sign, thin spaces between thousands, and words for
 * what is no number. Every function is total.
 */

const MINUS = "\u2212";
const THIN_SPACE = "\u2009";

/** "NaN", "∞" or "−∞"; `undefined` for a finite value. */
function nonFiniteWord(value: number): string | undefined {
  if (Number.isFinite(value)) return undefined;
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "∞" : `${MINUS}∞`;
}

function withMinus(text: string): string {
  return text.startsWith("-") ? `${MINUS}${text.slice(1)}` : text;
}

/** Groups the digits before the point. */
function groupThousands(digits: string): string {
  const [whole = "", ...rest] = digits.split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE), ...rest].join(".");
}

/** 0.4391 with three digits: "0.439", 1217.8 with one: "1 217.8"; what rounds to zero has no sign. */
export function formatFixed(value: number, digits: number): string {
  const word = nonFiniteWord(value);
  if (word !== undefined) return word;
  const rounded = value.toFixed(digits);
  return groupThousands(withMinus(Number(rounded) === 0 ? rounded.replace("-", "") : rounded));
}

/** Like {@link formatFixed}, with a plus sign before what is above zero. */
export function formatSigned(value: number, digits: number): string {
  const text = formatFixed(value, digits);
  return value > 0 && Number(value.toFixed(digits)) !== 0 ? `+${text}` : text;
}

/** `fraction` is 0..1. */
export function formatPercent(fraction: number, digits = 1): string {
  return `${formatFixed(fraction * 100, digits)}%`;
}

/** 4680: "4 680", with a thin space. */
export function formatCount(value: number): string {
  const word = nonFiniteWord(value);
  if (word !== undefined) return word;
  const rounded = Math.round(value);
  return `${rounded < 0 ? MINUS : ""}${groupThousands(String(Math.abs(rounded)))}`;
}

/** Counts in tables: in full below 10 000, then "27.7k", "3.2M". */
export function formatShortCount(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) < 10_000) return formatCount(value);
  if (Math.abs(value) < 1e6) return `${formatFixed(value / 1e3, 1)}k`;
  if (Math.abs(value) < 1e9) return `${formatFixed(value / 1e6, 1)}M`;
  return `${formatFixed(value / 1e9, 1)}G`;
}

/** Sizes of files: "812 B", "1.2 kB", "4.0 GB"; a kB is a thousand bytes. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${formatFixed(bytes / 1000 ** power, power === 0 ? 0 : 1)} ${units[power]}`;
}

/** Norms and other sizes to three significant figures: "883", "2.50", "0.0312", "1 593". */
export function formatSize(value: number): string {
  const word = nonFiniteWord(value);
  if (word !== undefined) return word;
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e7 || size < 1e-3) return formatScientific(value);
  if (size >= 100) return formatCount(value);
  const digits = 2 - Math.floor(Math.log10(size));
  return formatFixed(value, Math.min(5, Math.max(0, digits)));
}

/** λ as code would write it, in three significant figures: 0.183, 1e-4. */
export function formatLambda(value: number): string {
  return value !== 0 && Math.abs(value) < 0.01 ? formatScientific(value) : formatSize(value);
}

/** Three significant figures at most, as code would write it: 1e-4, 0.183, 2.5e-3. */
export function formatScientific(value: number): string {
  const word = nonFiniteWord(value);
  if (word !== undefined) return word;
  const [mantissa = "0", exponent = "0"] = value.toExponential(2).split("e");
  return withMinus(`${Number(mantissa)}e${Number(exponent)}`);
}

/** A loss: three decimals, or three significant figures where that would hide it. */
export function formatLoss(value: number): string {
  const size = Math.abs(value);
  if (Number.isFinite(value) && size !== 0 && (size < 0.005 || size >= 10_000)) {
    return formatSize(value);
  }
  return formatFixed(value, 3);
}

/** What guessing reaches: three decimals, an exponent where they would all be zero. */
export function formatChance(fraction: number): string {
  return fraction >= 0.001 ? formatFixed(fraction, 3) : formatScientific(fraction);
}

/** Shape of a tensor: "64 × 288"; a scalar has none. */
export function formatShape(shape: readonly number[]): string {
  return shape.length === 0 ? "scalar" : shape.join(" × ");
}
