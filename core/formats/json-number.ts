/** Powers of ten that binary64 holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const LARGEST_EXACT = 2 ** 53;
/** Multiplier that splits a binary64 into two halves of 26 bits (Veltkamp). */
const SPLITTER = 2 ** 27 + 1;
/** Far above the error of a quotient in two parts, far below what is mostly left of its rounding. */
const SLACK = 2 ** -45;
/** Digits that fit into two exact parts. */
const MOST_DIGITS = 19;
const HIGH_DIGITS = 10;

/** The end of a number and its value; one object is used again and again. */
export interface ReadNumber {
  value: number;
  /** First byte behind the number; −1 where there is none at the place. */
  end: number;
}

const found: ReadNumber = { value: Number.NaN, end: -1 };

/**
 * The JSON number at a place in bytes, the same as `JSON.parse` reads: correctly rounded.
 *
 * Digits are collected in two exact parts and divided by an exact power of ten in twice the precision
 * of binary64; where that leaves the rounding open, and for exponents beyond 22, the engine reads it.
 *
 * @see Clinger 1990, doi:10.1145/93542.93557, for the case of one exact part; Dekker 1971,
 * doi:10.1007/BF01397083, for products and quotients in two parts
 */
export function readJsonNumber(bytes: Uint8Array, start: number): ReadNumber {
  const isNegative = bytes[start] === MINUS;
  const first = isNegative ? start + 1 : start;
  digits.start();
  let at = digits.take(bytes, first);
  if (at === first || (bytes[first] === ZERO && at > first + 1)) return nothing();
  let scale = 0;
  if (bytes[at] === POINT) {
    const point = at;
    at = digits.take(bytes, point + 1);
    scale = at - point - 1;
    if (scale === 0) return nothing();
  }
  const end = endOfExponent(bytes, at);
  if (end < 0) return nothing();
  const exponent = end === at ? 0 : Number(textOf(bytes, at + 1, end));
  const size = digits.scaled(exponent - scale);
  // NaN: the rounding is open.
  if (Number.isNaN(size)) found.value = Number(textOf(bytes, start, end));
  else found.value = isNegative ? -size : size;
  found.end = end;
  return found;
}

function nothing(): ReadNumber {
  found.end = -1;
  return found;
}

/** The place itself where there is no exponent, −1 where it has no digits. */
function endOfExponent(bytes: Uint8Array, mark: number): number {
  if (bytes[mark] !== 0x65 && bytes[mark] !== 0x45) return mark;
  const sign = bytes[mark + 1];
  const first = sign === 0x2b || sign === 0x2d ? mark + 2 : mark + 1;
  let end = first;
  while ((bytes[end] ?? 0) >= 0x30 && (bytes[end] ?? 0) <= 0x39) end++;
  return end > first ? end : -1;
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

/** Digits of one number, leading zeros apart, in two exact parts. */
class Digits {
  #high = 0;
  #low = 0;
  #count = 0;

  start(): void {
    this.#high = 0;
    this.#low = 0;
    this.#count = 0;
  }

  /** Takes the digits from `at` on; gives the place behind them. */
  take(bytes: Uint8Array, at: number): number {
    let place = at;
    let count = this.#count;
    let high = this.#high;
    let low = this.#low;
    for (;;) {
      const digit = (bytes[place] ?? 0) - ZERO;
      if (!(digit >= 0 && digit <= 9)) break;
      place++;
      if (count === 0 && digit === 0) continue;
      if (count < HIGH_DIGITS) high = high * 10 + digit;
      else if (count < MOST_DIGITS) low = low * 10 + digit;
      count++;
    }
    this.#count = count;
    this.#high = high;
    this.#low = low;
    return place;
  }

  /** The digits times 10^`power`; NaN where that cannot be rounded for certain. */
  scaled(power: number): number {
    if (this.#count > MOST_DIGITS || power > 22 || power < -22) return Number.NaN;
    const factor = POWERS[this.#count > HIGH_DIGITS ? this.#count - HIGH_DIGITS : 0] ?? 1;
    const product = this.#high * factor;
    const whole = product + this.#low;
    const scale = POWERS[power < 0 ? -power : power] ?? 1;
    if (whole <= LARGEST_EXACT) return power < 0 ? whole / scale : whole * scale;
    if (power >= 0) return Number.NaN;
    // high·factor + low as whole + rest, both exact.
    const rest = product - whole + this.#low + productError(this.#high, factor, product);
    const quotient = whole / scale;
    const back = quotient * scale;
    const correction = (whole - back - productError(quotient, scale, back) + rest) / scale;
    const slack = Math.abs(correction) * SLACK;
    const below = quotient + (correction - slack);
    return below === quotient + (correction + slack) ? below : Number.NaN;
  }
}

const digits = new Digits();

/** a·b − `product`, exactly, where `product` is a·b rounded. */
function productError(a: number, b: number, product: number): number {
  const aHigh = highHalf(a);
  const bHigh = highHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

function highHalf(value: number): number {
  const split = value * SPLITTER;
  return split - (split - value);
}
