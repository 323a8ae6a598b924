import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { histogram } from "../../../core/measures/histogram.ts";

describe("histogram", () => {
  test("counts each non-zero finite value once, between edges that hold it and mirror each other", () => {
    fc.assert(
      fc.property(fc.float32Array({ maxLength: 40 }), (values) => {
        const { edges, counts } = histogram(values);
        const shown = values.filter((value) => value !== 0 && Number.isFinite(value));
        expect(edges).toHaveLength(counts.length + 1);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(shown.length);
        const half = edges.length >> 1;
        const countBelowZero = counts.slice(0, half).reduce((sum, count) => sum + count, 0);
        expect(countBelowZero).toBe(shown.filter((value) => value < 0).length);
        expect(edges.map((edge) => -edge).toReversed()).toEqual(
          edges.map((edge) => edge + 0 || -0),
        );
      }),
    );
  });

  test("puts a value on an edge into the bin above, the largest into the last", () => {
    const { edges, counts } = histogram(Float64Array.of(-20, -19, 1, 20));
    expect(edges[0]).toBe(-20);
    expect(edges[1]).toBe(-19);
    expect(counts.flatMap((count, bin) => (count > 0 ? [bin] : []))).toEqual([0, 1, 21, 39]);
  });

  test("has no bins without a non-zero finite value", () => {
    expect(histogram(Float32Array.of(0, -0, Number.NaN))).toEqual({ edges: [0], counts: [] });
  });
});
