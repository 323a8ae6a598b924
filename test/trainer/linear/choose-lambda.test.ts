import { describe, expect, test } from "vitest";
import {
  bestIndex,
  meanErrors,
  oneStandardErrorIndex,
} from "../../../trainer/src/linear/choose-lambda.ts";
import { lambdaPath } from "../../../trainer/src/linear/lambda-grid.ts";

describe("meanErrors()", () => {
  test("gives the mean and sd/√K with divisor K−1", () => {
    const errors = meanErrors([
      Float64Array.of(1, 4),
      Float64Array.of(3, 4),
      Float64Array.of(5, 4),
    ]);
    expect(errors.map(({ mean }) => mean)).toEqual([3, 4]);
    expect(errors[0]?.se).toBeCloseTo(2 / Math.sqrt(3), 15);
    expect(errors[1]?.se).toBe(0);
  });

  test("one hold-out part has no standard error", () => {
    expect(meanErrors([Float64Array.of(2)])).toEqual([{ mean: 2, se: 0 }]);
  });
});

describe("the rules", () => {
  const errors = (...pairs: readonly (readonly [number, number])[]) =>
    pairs.map(([mean, se]) => ({ mean, se }));

  test.each([
    ["a clear minimum", errors([9, 1], [4, 1], [3, 1], [5, 1]), 2, 1],
    ["a tie goes to the larger λ", errors([4, 0], [3, 0], [3, 0]), 1, 1],
    ["within one standard error everywhere", errors([3.5, 1], [3, 1]), 1, 0],
    ["NaN is never best", errors([Number.NaN, 0], [3, 0], [4, 0]), 1, 1],
  ])("%s", (_name, path, best, oneSe) => {
    expect(bestIndex(path)).toBe(best);
    expect(oneStandardErrorIndex(path)).toBe(oneSe);
  });

  test("no λ, no choice", () => {
    expect(oneStandardErrorIndex([])).toBe(-1);
  });
});

describe("lambdaPath()", () => {
  test("goes down in equal ratios from the largest", () => {
    expect([...lambdaPath(8, 4, 1 / 8)].map((v) => v.toFixed(12))).toEqual(
      [8, 4, 2, 1].map((v) => v.toFixed(12)),
    );
    expect([...lambdaPath(8, 1, 0.5)]).toEqual([8]);
  });

  test.each([
    [0, 0.1, "Cannot start a path of λ at 0"],
    [Number.POSITIVE_INFINITY, 0.1, "Cannot start a path of λ at Infinity"],
    [1, 1, "Cannot end a path of λ at 1 of λ_max"],
  ])("refuses λ_max = %s with ratio %s", (largest, ratio, message) => {
    expect(() => lambdaPath(largest, 5, ratio)).toThrow(message);
  });
});
