import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  fromBfloat16Bits,
  fromFloat16Bits,
  toBfloat16Bits,
  toFloat16Bits,
} from "../../../core/formats/half-float.ts";

/** Bit patterns of IEEE 754-2019, table 3.5 (binary16), and of its binary32 cut in half. */
const FLOAT16: readonly (readonly [number, number])[] = [
  [0x0000, 0],
  [0x8000, -0],
  [0x0001, 2 ** -24],
  [0x03ff, 1023 * 2 ** -24],
  [0x0400, 2 ** -14],
  [0x3c00, 1],
  [0x3c01, 1 + 2 ** -10],
  [0xc000, -2],
  [0x7bff, 65504],
  [0x7c00, Number.POSITIVE_INFINITY],
  [0xfc00, Number.NEGATIVE_INFINITY],
  [0x7e00, Number.NaN],
];

describe("fromFloat16Bits and toFloat16Bits", () => {
  test.each(FLOAT16)("agree on %i", (bits, value) => {
    expect(fromFloat16Bits(bits)).toBe(value);
    expect(toFloat16Bits(value)).toBe(bits);
  });

  test("are inverse to each other on all patterns that are not NaN", () => {
    for (let bits = 0; bits < 0x10000; bits += 1) {
      const value = fromFloat16Bits(bits);
      if (!Number.isNaN(value) && toFloat16Bits(value) !== bits) expect.fail(`pattern ${bits}`);
    }
  });

  test.each([
    ["a tie goes to the even neighbour below", 1 + 2 ** -11, 0x3c00],
    ["a tie goes to the even neighbour above", 1 + 3 * 2 ** -11, 0x3c02],
    ["a carry moves into the exponent", 2 - 2 ** -12, 0x4000],
    ["a tie at the smallest value goes to zero", 2 ** -25, 0],
    ["the first value that rounds to infinity", 65520, 0x7c00],
    ["the last value that does not", 65519, 0x7bff],
  ])("%s", (_name, value, bits) => expect(toFloat16Bits(value)).toBe(bits));
});

describe("fromBfloat16Bits and toBfloat16Bits", () => {
  test.each([
    [0x3f80, 1],
    [0xbfc0, -1.5],
    [0x0001, 2 ** -133],
    [0x7f80, Number.POSITIVE_INFINITY],
    [0x7fc0, Number.NaN],
  ])("agree on %i", (bits, value) => {
    expect(fromBfloat16Bits(bits)).toBe(value);
    expect(toBfloat16Bits(value)).toBe(bits);
  });

  test("round to the nearest of both neighbours", () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, max: 2 ** 120, min: -(2 ** 120) }), (value) => {
        const bits = toBfloat16Bits(value);
        const error = Math.abs(fromBfloat16Bits(bits) - value);
        for (const neighbour of [bits - 1, bits + 1].filter((next) => (next & 0x7fff) < 0x7f80)) {
          expect(error).toBeLessThanOrEqual(Math.abs(fromBfloat16Bits(neighbour) - value));
        }
      }),
    );
  });
});
