import { describe, expect, test } from "vitest";
import { fitSimilarityCurve } from "../../../../core/measures/umap/curve.ts";

function squaredError({ a, b }: { readonly a: number; readonly b: number }, least: number): number {
  let sum = 0;
  for (let index = 0; index < 300; index += 1) {
    const distance = (3 * index) / 299;
    const wanted = distance < least ? 1 : Math.exp(-(distance - least));
    sum += (wanted - 1 / (1 + a * distance ** (2 * b))) ** 2;
  }
  return sum;
}

describe("fitSimilarityCurve", () => {
  test("gives the values that the reference implementation states for 0.1 and 1", () => {
    const { a, b } = fitSimilarityCurve(0.1, 1);
    // find_ab_params(1.0, 0.1) of umap-learn.
    expect(a).toBeCloseTo(1.57694346, 5);
    expect(b).toBeCloseTo(0.89506088, 5);
  });

  test.each([0, 0.1, 0.25, 0.5, 0.8, 0.99])("is a minimum for a least distance of %f", (least) => {
    const fitted = fitSimilarityCurve(least, 1);
    const error = squaredError(fitted, least);
    for (const [da, db] of [
      [1e-3, 0],
      [-1e-3, 0],
      [0, 1e-3],
      [0, -1e-3],
    ] as const) {
      expect(squaredError({ a: fitted.a + da, b: fitted.b + db }, least)).toBeGreaterThan(error);
    }
  });

  test("depends on the ratio of both distances but for the unit of a", () => {
    const [one, double] = [fitSimilarityCurve(0.1, 1), fitSimilarityCurve(0.2, 2)];
    expect(double.b).toBeCloseTo(one.b, 6);
    expect(double.a * 2 ** (2 * double.b)).toBeCloseTo(one.a, 6);
  });
});
