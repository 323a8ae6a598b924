import { describe, expect, test } from "vitest";
import { nearZeros, nearZeroThreshold } from "../../../core/measures/near-zeros.ts";

describe("nearZeroThreshold()", () => {
  test.each([
    [1, 2 ** -10],
    [1.999, 2 ** -10],
    [2, 2 ** -9],
    // The next number below 8, whose logarithm rounds to 3.
    [8 - 2 ** -50, 2 ** -8],
    [0.3, 2 ** -12],
    [2 ** -1060, 2 ** -1070],
    [0, 0],
    [Number.NaN, 0],
  ])("of max |w| = %d is %d", (maxAbs, threshold) => {
    expect(nearZeroThreshold(maxAbs)).toBe(threshold);
  });
});

test("nearZeros() counts neither exact zeros nor the threshold itself", () => {
  const values = Float32Array.of(1, 0, -0, 2 ** -10, -(2 ** -11), 1e-30, Number.NaN);
  expect(nearZeros(values, 1)).toBe(2);
  expect(nearZeros(new Float32Array(3), 0)).toBe(0);
});
