import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { envelope, envelopeRadius, smooth } from "../../../webview/src/layout/smooth.ts";

describe("smooth()", () => {
  test("returns the values themselves for a weight of zero", () => {
    const values = Float64Array.of(3, 1, 2);
    expect(smooth(values, 0)).toBe(values);
  });

  test("keeps a constant from the first point on: the start has no bias", () => {
    for (const value of smooth(Float64Array.of(5, 5, 5, 5), 0.9)) expect(value).toBeCloseTo(5, 12);
  });

  test("is the weighted mean of all values so far, weights w^age", () => {
    const values = [4, -2, 7, 1];
    const weight = 0.6;
    const weights = values.map((_, index) => weight ** (values.length - 1 - index));
    const mean =
      values.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0) /
      weights.reduce((sum, one) => sum + one, 0);
    expect(smooth(Float64Array.from(values), weight).at(-1)).toBeCloseTo(mean, 12);
  });

  test("leaves a value that is no number in place and out of the average", () => {
    const smoothed = smooth(Float64Array.of(2, Number.NaN, 2), 0.5);
    expect(smoothed[1]).toBeNaN();
    expect(smoothed[2]).toBeCloseTo(2, 12);
  });
});

describe("envelope()", () => {
  test("equals the extremes of every window, found by looking at all of it", () => {
    const value = fc.oneof(fc.double({ min: -9, max: 9, noNaN: true }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 40 }),
        fc.integer({ min: 0, max: 6 }),
        (list, radius) => {
          const { min, max } = envelope(Float64Array.from(list), radius);
          for (const [index] of list.entries()) {
            const window = list
              .slice(Math.max(0, index - radius), index + radius + 1)
              .filter(Number.isFinite);
            expect(min[index]).toBe(window.length === 0 ? Number.NaN : Math.min(...window));
            expect(max[index]).toBe(window.length === 0 ? Number.NaN : Math.max(...window));
          }
        },
      ),
    );
  });

  test.each([
    [0, 1000, 0],
    [0.6, 1000, 5],
    [0.98, 10_000, 100],
    [0.98, 80, 2],
    [0.6, 3, 1],
  ])("looks for weight %d at %d points this far: %d", (weight, points, radius) => {
    expect(envelopeRadius(weight, points)).toBe(radius);
  });
});
