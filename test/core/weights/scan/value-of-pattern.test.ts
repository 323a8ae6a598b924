import { expect, test } from "vitest";
import { VALUE_OF_PATTERN } from "../../../../core/weights/scan/value-of-pattern.ts";

test.each([
  ["int16", 0x8000, -32_768],
  ["int8", 0xff, -1],
  ["uint16", 0xffff, 65_535],
  ["uint8", 0xff, 255],
  ["bool", 7, 1],
  ["bfloat16", 0x3f80, 1],
  ["float16", 0x3c00, 1],
  ["float8_e4m3fn", 0x38, 1],
  ["float8_e5m2", 0x3c, 1],
] as const)("a pattern of %s", (dtype, bits, value) => {
  expect(VALUE_OF_PATTERN.get(dtype)?.(bits)).toBe(value);
});
