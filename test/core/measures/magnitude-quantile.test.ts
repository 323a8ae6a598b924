import { describe, expect, test } from "vitest";
import { magnitudeQuantile } from "../../../core/measures/magnitude-quantile.ts";

describe("magnitudeQuantile()", () => {
  test.each([
    [[0, -1, 2, -3, 4, 0], 0.5, 2],
    [[0, -1, 2, -3, 4, 0], 1, 4],
    [[0, -1, 2, -3, 4, 0], 0, 1],
    [[Number.NaN, Number.POSITIVE_INFINITY, -7], 0.9, 7],
    [[0, 0], 0.9, 0],
    [[], 0.9, 0],
  ])("%j at %d is %d", (values, quantile, expected) => {
    expect(magnitudeQuantile(Float64Array.from(values), quantile)).toBe(expected);
  });

  test("looks at an even choice of many values", () => {
    const many = Float64Array.from({ length: 100_000 }, (_, index) => index + 1);
    expect(magnitudeQuantile(many, 0.5)).toBeCloseTo(50_000, -2);
  });
});
