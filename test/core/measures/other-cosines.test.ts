import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { otherCosines } from "../../../core/measures/other-cosines.ts";
import { matrixOf } from "../../support/matrix-of.ts";

const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);

describe("otherCosines()", () => {
  test("counts every row against every partner but its own", () => {
    const axes = matrixOf(3, 2, Float64Array.of(1, 0, 0, 1, -1, 0));
    // Off the diagonal: (1,0)·(0,1) = 0 and (0,1)·(−1,0) = 0 both ways, (1,0)·(−1,0) = −1 both ways.
    expect(otherCosines(axes, axes, 4)).toEqual([2, 0, 4, 0]);
  });

  test("puts a cosine of 1 into the last bin", () => {
    const same = matrixOf(2, 1, Float64Array.of(3, 5));
    expect(otherCosines(same, same, 5)).toEqual([0, 0, 0, 0, 2]);
  });

  test("leaves out rows without a direction on either side", () => {
    const x = matrixOf(3, 1, Float64Array.of(1, Number.NaN, 1));
    const z = matrixOf(3, 1, Float64Array.of(1, 1, 0));
    expect(sum(otherCosines(x, z, 8))).toBe(0);
  });

  test("holds n² − n cosines for n rows", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 9 }), (n, bins) => {
        const values = Float64Array.from({ length: 2 * n }, (_, k) => Math.sin(k + 1));
        const matrix = matrixOf(n, 2, values);
        expect(sum(otherCosines(matrix, matrix, bins))).toBe(n * n - n);
      }),
    );
  });

  test("refuses shapes that differ", () => {
    const x = matrixOf(1, 2, Float64Array.of(1, 2));
    expect(() => otherCosines(x, matrixOf(2, 1, Float64Array.of(1, 2)), 4)).toThrow(RangeError);
  });
});
