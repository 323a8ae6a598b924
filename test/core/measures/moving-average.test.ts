import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { movingAverage } from "../../../core/measures/moving-average.ts";

function smooth(values: readonly number[], weight: number): Float64Array {
  const into = new Float64Array(values.length);
  movingAverage(Float64Array.from(values), weight, into);
  return into;
}

describe("movingAverage()", () => {
  test("copies the values for a weight of zero", () => {
    expect(smooth([3, 1, 2], 0)).toEqual(Float64Array.of(3, 1, 2));
  });

  test("keeps a constant from the first point on: the start has no bias", () => {
    for (const value of smooth([5, 5, 5, 5], 0.9)) expect(value).toBeCloseTo(5, 12);
  });

  test("is the weighted mean of all values so far, weights w^age", () => {
    const value = fc.double({ min: -9, max: 9, noNaN: true });
    const weight = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), weight, (values, w) => {
        const ages = values.map((_, index) => w ** (values.length - 1 - index));
        const sum = values.reduce((total, one, index) => total + one * (ages[index] ?? 0), 0);
        const mean = sum / ages.reduce((total, one) => total + one, 0);
        expect(smooth(values, w).at(-1)).toBeCloseTo(mean, 9);
      }),
    );
  });

  test("leaves a value that is no number in place and out of the average", () => {
    const smoothed = smooth([2, Number.NaN, 2], 0.5);
    expect(smoothed[1]).toBeNaN();
    expect(smoothed[2]).toBeCloseTo(2, 12);
  });
});
