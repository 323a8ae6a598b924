import { describe, expect, test } from "vitest";
import {
  largestMagnitude,
  smallestMasks,
  thresholdMask,
} from "../../../trainer/src/weight-operations/magnitude-mask.ts";

const of = (...values: readonly number[]) => Float32Array.from(values);
const masks = (tensors: readonly Float32Array[], fraction: number) =>
  smallestMasks(tensors, fraction).map((mask) => [...mask]);

describe("smallestMasks()", () => {
  test("takes the smallest, not the largest as the seeds' pruning does", () => {
    expect(masks([of(-3, 0.1, 2, -0.2)], 0.5)).toEqual([[1, 0, 1, 0]]);
  });

  test("takes ties by index, across tensors in their order", () => {
    expect(masks([of(1, 1), of(1, 1)], 0.75)).toEqual([
      [0, 0],
      [0, 1],
    ]);
  });

  test("takes zeros of either sign first, nothing at 0, everything at 1", () => {
    expect(masks([of(1, -0, 2, 0)], 0.5)).toEqual([[1, 0, 1, 0]]);
    expect(masks([of(0, 1)], 0)).toEqual([[1, 1]]);
    expect(masks([of(0, 1)], 1)).toEqual([[0, 0]]);
  });

  test("keeps NaN, and takes tensors without weights", () => {
    expect(masks([of(Number.NaN, 1, 2, 3)], 0.75)).toEqual([[1, 0, 0, 0]]);
    expect(masks([of(), of(1)], 1)).toEqual([[], [0]]);
    expect(masks([], 0.5)).toEqual([]);
  });
});

test("thresholdMask() keeps what is at the threshold, and NaN", () => {
  expect([...thresholdMask(of(0.5, -0.49, 0, Number.NaN), 0.5)]).toEqual([1, 0, 0, 1]);
  expect([...thresholdMask(of(0), 0)]).toEqual([1]);
});

test("largestMagnitude() is 0 of nothing and passes over NaN", () => {
  expect(largestMagnitude([of(1, -2), of(Number.NaN)])).toBe(2);
  expect(largestMagnitude([])).toBe(0);
});
