import { expect, test } from "vitest";
import { differenceSum } from "../../../core/measures/tensor-difference.ts";

test("differenceSum() adds pieces up over the entries that are finite in both", () => {
  const sum = differenceSum();
  sum.add(Float32Array.of(1, 0, 3), Float64Array.of(1, 3, 0));
  sum.add(
    Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, 0, 4),
    Float32Array.of(1, Number.POSITIVE_INFINITY, -0, 8),
  );
  expect(sum.result()).toEqual({
    norm: Math.sqrt(9 + 9 + 16),
    maxAbs: 4,
    gained: 1,
    lost: 1,
    nonFinite: 2,
  });
});

test("differenceSum() refuses pieces of different lengths", () => {
  expect(() => differenceSum().add(new Float32Array(2), new Float32Array(3))).toThrow(
    "Cannot subtract 3 values from 2",
  );
});
