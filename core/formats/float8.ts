import { fromFloat16Bits } from "./half-float.ts";

/**
 * Value of an E4M3FN bit pattern: (−1)^s · 2^(e−7) · (1 + f/8), subnormal where e is 0. It has no
 * infinities; 0x7f and 0xff are NaN.
 *
 * @see https://arxiv.org/abs/2209.05433
 */
export function fromFloat8E4m3fnBits(bits: number): number {
  const sign = bits & 0x80 ? -1 : 1;
  const exponent = (bits >>> 3) & 0xf;
  const fraction = bits & 7;
  if (exponent === 15 && fraction === 7) return Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -9;
  return sign * 2 ** (exponent - 7) * (1 + fraction / 8);
}

/** Value of an E5M2 bit pattern: the upper half of a binary16, infinities and NaN included. */
export function fromFloat8E5m2Bits(bits: number): number {
  return fromFloat16Bits((bits & 0xff) << 8);
}
