import { expect, test } from "vitest";
import { fromFloat8E4m3fnBits, fromFloat8E5m2Bits } from "../../../core/formats/float8.ts";

test.each([
  [0x00, 0],
  [0x80, -0],
  [0x01, 2 ** -9],
  [0x08, 2 ** -6],
  [0x38, 1],
  [0xbc, -1.5],
  [0x7e, 448],
  [0x7f, Number.NaN],
])("fromFloat8E4m3fnBits(0x%s) follows the format's definition", (bits, value) => {
  expect(fromFloat8E4m3fnBits(bits)).toBe(value);
});

test.each([
  [0x00, 0],
  [0x01, 2 ** -16],
  [0x3c, 1],
  [0xc2, -3],
  [0x7b, 57_344],
  [0x7c, Number.POSITIVE_INFINITY],
  [0x7d, Number.NaN],
])("fromFloat8E5m2Bits(0x%s) follows the format's definition", (bits, value) => {
  expect(fromFloat8E5m2Bits(bits)).toBe(value);
});
