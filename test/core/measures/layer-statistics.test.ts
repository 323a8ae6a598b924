import { describe, expect, test } from "vitest";
import { layerStatistics } from "../../../core/measures/layer-statistics.ts";

describe("layerStatistics", () => {
  test("counts and sums one matrix", () => {
    const statistics = layerStatistics(Float32Array.of(3, -0, 4, 0), [2, 2]);
    expect(statistics).toMatchObject({
      count: 4,
      zeros: 2,
      nonFinite: 0,
      l1: 7,
      l2: 5,
      maxAbs: 4,
      units: 2,
      deadUnits: 1,
    });
    expect(statistics.spectrum?.map((value) => Math.round(value * 1e12) / 1e12)).toEqual([5, 0]);
    expect(statistics.histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  test("keeps NaN and ±∞ out of the sums and gives no spectrum then", () => {
    const statistics = layerStatistics(
      Float32Array.of(1, Number.NaN, Number.NEGATIVE_INFINITY, -2),
      [2, 2],
    );
    expect(statistics).toMatchObject({ nonFinite: 2, l1: 3, l2: Math.sqrt(5), maxAbs: 2 });
    expect(statistics).not.toHaveProperty("spectrum");
  });

  test("has no units and no spectrum for a bias", () => {
    const statistics = layerStatistics(Float32Array.of(1, 0), [2]);
    expect(statistics).not.toHaveProperty("units");
    expect(statistics).not.toHaveProperty("spectrum");
  });

  test("reads a convolution as [height · width · in, out]", () => {
    // Both filters are ones over 2·2·1 places and differ in sign: rank 1, σ = √8.
    const weights = Float32Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? 1 : -1));
    const { spectrum } = layerStatistics(weights, [2, 2, 1, 2]);
    expect(spectrum?.[0]).toBeCloseTo(Math.sqrt(8), 14);
    expect(spectrum?.[1]).toBeCloseTo(0, 14);
  });

  test("sums in binary64, where binary32 would stall", () => {
    const tenths = new Float32Array(100_000).fill(0.1);
    expect(layerStatistics(tenths, [100_000]).l1 / (100_000 * Math.fround(0.1))).toBeCloseTo(1, 12);
  });

  test("refuses a shape that does not fit", () => {
    expect(() => layerStatistics(new Float32Array(3), [2, 2])).toThrow(RangeError);
  });
});
