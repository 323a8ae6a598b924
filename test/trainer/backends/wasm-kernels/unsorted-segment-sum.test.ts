import {
  gather,
  grad,
  mul,
  reshape,
  sum,
  tensor1d,
  tensor2d,
  unsortedSegmentSum,
} from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { numbers } from "../../../support/workloads.ts";
import { disagreement, sample } from "../agreement.ts";

/** Sums of at most 64 numbers below 1, in another order. */
const TOLERANCE = 1e-5;

/** [items] segment numbers in [0, segments), drawn from a seed. */
function segmentIds(items: number, segments: number): number[] {
  return Array.from(numbers(items, 9), (value) => Math.floor(((value + 1) / 2) * segments));
}

describe("unsortedSegmentSum", () => {
  test.each([
    { name: "vector", shape: [64], segments: 7 },
    { name: "rows", shape: [64, 5], segments: 7 },
    { name: "matrices", shape: [33, 3, 4], segments: 40 },
    { name: "one segment", shape: [5, 3], segments: 1 },
  ])("agrees with cpu: $name", async ({ shape, segments }) => {
    const difference = await disagreement(() =>
      unsortedSegmentSum(
        sample(shape, 1),
        tensor1d(segmentIds(shape[0] ?? 0, segments), "int32"),
        segments,
      ),
    );
    expect(difference).toBeLessThan(TOLERANCE);
  });

  test.each([
    { name: "ids out of range are skipped", ids: [0, -1, 2, 3, 2], expected: [1, 0, 8] },
    { name: "an empty segment is zero", ids: [2, 2, 2, 2, 2], expected: [0, 0, 15] },
  ])("$name", async ({ ids, expected }) => {
    const difference = await disagreement(() => {
      const sums = unsortedSegmentSum(tensor1d([1, 2, 3, 4, 5]), tensor1d(ids, "int32"), 3);
      expect(Array.from(sums.dataSync())).toEqual(expected);
      return sums;
    });
    expect(difference).toBe(0);
  });

  test("sums int32 exactly", async () => {
    const difference = await disagreement(() =>
      unsortedSegmentSum(
        tensor2d([1, 2, 3, 4, 5, 6], [3, 2], "int32"),
        tensor1d([1, 0, 1], "int32"),
        2,
      ),
    );
    expect(difference).toBe(0);
  });

  test("gives the gradient of an embedding look-up", async () => {
    const difference = await disagreement(() =>
      grad((table) => {
        const rows = gather(
          reshape(table, [11, 6]),
          tensor2d([3, 1, 3, 10, 0, 3], [2, 3], "int32"),
        );
        return sum(mul(rows, sample(rows.shape, 4)));
      })(sample([11, 6], 5)),
    );
    expect(difference).toBeLessThan(TOLERANCE);
  });
});
