import { expect, test } from "vitest";
import { BINS, binOf, bitHistogram } from "../../../../core/weights/scan/bit-histogram.ts";

function countsOf(values: readonly number[]): Float64Array {
  const counts = new Float64Array(2 * BINS);
  for (const value of values) counts[binOf(value)] = (counts[binOf(value)] ?? 0) + 1;
  return counts;
}

test("bitHistogram() has eighths of octaves between the smallest and the largest magnitude", () => {
  const { edges, counts } = bitHistogram(countsOf([1, 1.13, -1.13, 0, Number.NaN]), 1);
  expect(edges).toEqual([-1.25, -1.125, -1, 1, 1.125, 1.25]);
  expect(counts).toEqual([1, 0, 0, 1, 1]);
});

test("bitHistogram() has no bins without values", () => {
  expect(bitHistogram(countsOf([0, -0, 1 / 0]), 2)).toEqual({ edges: [0], counts: [] });
});

test("bitHistogram() keeps the smallest numbers, which are next to zero, in the middle", () => {
  const { counts } = bitHistogram(countsOf([1e-45, 0, 0]), 2);
  expect(counts).toEqual([1]);
});
