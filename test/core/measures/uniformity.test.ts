import { describe, expect, test } from "vitest";
import { uniformity } from "../../../core/measures/uniformity.ts";
import { matrixOf } from "../../support/matrix-of.ts";

describe("uniformity", () => {
  test.each([
    ["0 for one single point", Float64Array.of(1, 0, 2, 0, 3, 0), 0],
    ["−8 for two opposite points", Float64Array.of(1, 0, -1, 0), -8],
    ["−4 for a right angle", Float64Array.of(1, 0, 0, 1), -4],
    ["over the rows that have a direction", Float64Array.of(1, 0, Number.NaN, 0, 0, 1), -4],
    [
      "the log of the mean, not the mean of logs",
      Float64Array.of(1, 0, 0, 1, -1, 0),
      Math.log((2 * Math.exp(-4) + Math.exp(-8)) / 3),
    ],
  ])("is %s", (_name, data, expected) => {
    expect(uniformity(matrixOf(data.length / 2, 2, data))).toBeCloseTo(expected, 14);
  });

  test("is NaN for fewer than two points", () => {
    expect(uniformity(matrixOf(1, 2, Float64Array.of(1, 0)))).toBeNaN();
  });
});
