import { describe, expect, test } from "vitest";
import { pairCosines } from "../../../core/measures/cosine.ts";
import { matrixOf } from "../../support/matrix-of.ts";

describe("pairCosines", () => {
  test("is 1, 0 and −1 for parallel, right-angled and opposite rows, NaN without a direction", () => {
    const x = matrixOf(4, 2, Float64Array.of(2, 0, 2, 0, 2, 0, 0, 0));
    const z = matrixOf(4, 2, Float64Array.of(7, 0, 0, 7, -7, 0, 7, 0));
    expect([...pairCosines(x, z)]).toEqual([1, 0, -1, Number.NaN]);
  });

  test("stays within [−1, 1] where rounding would leave it", () => {
    const x = matrixOf(1, 3, Float64Array.of(0.1, 0.2, 0.3));
    expect(pairCosines(x, x)[0]).toBeLessThanOrEqual(1);
  });

  test("refuses shapes that differ", () => {
    const x = matrixOf(1, 2, Float64Array.of(1, 2));
    expect(() => pairCosines(x, matrixOf(2, 1, Float64Array.of(1, 2)))).toThrow(RangeError);
  });
});
