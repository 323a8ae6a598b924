import { describe, expect, test } from "vitest";
import { fuzzyUnion, memberships } from "../../../../core/measures/umap/membership.ts";

/** Three rows with two neighbours each. */
const LISTS = {
  count: 2,
  rows: Int32Array.of(1, 2, 0, 2, 1, 0),
  distances: Float64Array.of(1, 4, 1, 2, 2, 4),
};

describe("memberships", () => {
  test("are 1 for the nearest and add up to the logarithm of the neighbourhood's size", () => {
    const distances = Float64Array.of(0.5, 0.7, 0.9, 1.3, 1.4, 2);
    const strengths = memberships({ count: 6, rows: new Int32Array(6), distances }, 7);
    expect(strengths[0]).toBe(1);
    expect(strengths.reduce((sum, value) => sum + value, 0)).toBeCloseTo(Math.log2(7), 4);
    // exp(−(d − ρ)/σ): logarithms are in proportion to the distance beyond the nearest.
    const [, second = 0, third = 0] = strengths;
    expect(Math.log(third) / Math.log(second)).toBeCloseTo(2, 12);
  });

  test("count from the nearest row that is not identical", () => {
    const distances = Float64Array.of(0, 0.7, 0.9, 1.3);
    const strengths = memberships({ count: 4, rows: new Int32Array(4), distances }, 6);
    expect([...strengths.subarray(0, 2)]).toEqual([1, 1]);
    expect(strengths[2]).toBeLessThan(1);
  });

  test("are 1 among identical rows", () => {
    const all = { ...LISTS, distances: new Float64Array(6) };
    expect([...memberships(all, 3)]).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test("keep a width where one neighbour alone is beyond the nearest", () => {
    const distances = Float64Array.of(1, 1, 1, 1, 1, 1, 1, 5);
    const strengths = memberships({ count: 8, rows: new Int32Array(8), distances }, 9);
    // Seven neighbours at ρ give more than log₂ 9 already; σ is a thousandth of the mean distance, 1.5.
    expect(strengths[7]).toBe(Math.exp(-4 / 0.0015));
  });
});

describe("fuzzyUnion", () => {
  test("joins both directions as p + q − pq and lists each edge twice, by head", () => {
    const { heads, tails, weights } = fuzzyUnion(LISTS, Float64Array.of(1, 0.5, 0.25, 1, 1, 0.75));
    expect([...heads]).toEqual([0, 0, 1, 1, 2, 2]);
    expect([...tails]).toEqual([1, 2, 0, 2, 1, 0]);
    expect([...weights]).toEqual([1, 0.875, 1, 1, 1, 0.875]);
  });

  test("adds the direction that the other row's list lacks", () => {
    const lists = { count: 1, rows: Int32Array.of(1, 0, 1), distances: Float64Array.of(1, 1, 2) };
    const { heads, tails, weights } = fuzzyUnion(lists, Float64Array.of(1, 1, 0.5));
    expect([...heads]).toEqual([0, 1, 1, 2]);
    expect([...tails]).toEqual([1, 0, 2, 1]);
    expect([...weights]).toEqual([1, 1, 0.5, 0.5]);
  });

  test("has no edges without neighbours", () => {
    const none = { count: 0, rows: new Int32Array(0), distances: new Float64Array(0) };
    expect(fuzzyUnion(none, memberships(none, 1)).heads).toHaveLength(0);
  });
});
