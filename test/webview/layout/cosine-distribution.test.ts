import { describe, expect, test } from "vitest";
import { cosineDistribution, medianOf } from "../../../webview/src/layout/cosine-distribution.ts";

describe("cosines", () => {
  test("fall into bins over [−1, 1], missing ones into none", () => {
    const { edges, counts } = cosineDistribution(Float32Array.of(-1, -0.4, 0.5, 1, Number.NaN), 4);
    expect(edges).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(counts).toEqual([1, 1, 0, 2]);
  });

  test.each([
    [[0.5, Number.NaN, 0.1, 0.25], 0.25],
    [[0.5, 0.25], 0.375],
    [[Number.NaN], Number.NaN],
  ])("%j have the median %d", (values, median) => {
    expect(medianOf(Float32Array.from(values))).toBe(median);
  });
});
