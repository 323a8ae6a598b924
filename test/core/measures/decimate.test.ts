import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decimate } from "../../../core/measures/decimate.ts";

/** Ascending places with gaps and repetitions, and a value at each. */
const curve = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 3 }),
      fc.oneof(
        { weight: 9, arbitrary: fc.double({ min: -5, max: 5, noNaN: true }) },
        { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY) },
      ),
    ),
    { minLength: 1, maxLength: 200 },
  )
  .map((points) => {
    let place = 0;
    const x = Float64Array.from(points, ([step]) => (place += step));
    return { x, y: Float64Array.from(points, ([, value]) => value) };
  });

/** Indices of each bucket, found the slow way. */
function bucketsOf(x: Float64Array, buckets: number): number[][] {
  const first = x[0] ?? 0;
  const width = (x.at(-1) ?? 0) - first;
  const found = new Map<number, number[]>();
  for (const [index, at] of x.entries()) {
    const share = width === 0 ? 0 : ((at - first) * buckets) / width;
    const bucket = Math.min(
      buckets - 1,
      Math.floor((at - first) * (width > 0 ? buckets / width : 0)),
    );
    expect(Math.abs(share - bucket)).toBeLessThanOrEqual(1 + 1e-9);
    found.set(bucket, [...(found.get(bucket) ?? []), index]);
  }
  return [...found.values()];
}

const finite = (y: Float64Array, indices: readonly number[]) =>
  indices.map((index) => y[index] ?? Number.NaN).filter(Number.isFinite);

describe("decimate()", () => {
  test("keeps of each bucket the extremes of the raw values, its first and its last point", () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 1, max: 40 }), ({ x, y }, buckets) => {
        const { drawn, last } = decimate(x, y, { start: 0, end: x.length, buckets });
        expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
        const all = bucketsOf(x, buckets);
        expect(last).toEqual(all.map((indices) => indices.at(-1)));
        for (const indices of all) {
          const kept = indices.filter((index) => drawn.includes(index));
          expect(kept.length).toBeLessThanOrEqual(5);
          expect(kept[0]).toBe(indices[0]);
          expect(kept.at(-1)).toBe(indices.at(-1));
          const [raw, shown] = [finite(y, indices), finite(y, kept)];
          expect(Math.min(...shown)).toBe(Math.min(...raw));
          expect(Math.max(...shown)).toBe(Math.max(...raw));
          // A line that is broken somewhere in the bucket is still broken.
          expect(shown.length < kept.length).toBe(raw.length < indices.length);
        }
      }),
    );
  });

  test("keeps to its part of the curve", () => {
    const x = Float64Array.from({ length: 100 }, (_, index) => index);
    const { drawn, last } = decimate(x, x, { start: 10, end: 20, buckets: 2 });
    expect(drawn).toEqual([10, 14, 15, 19]);
    expect(last).toEqual([14, 19]);
    expect(decimate(x, x, { start: 5, end: 5, buckets: 3 })).toEqual({ drawn: [], last: [] });
  });

  test("keeps a million points as four a bucket, and the highest among them", () => {
    const x = Float64Array.from({ length: 1_000_000 }, (_, index) => index);
    const y = x.map((index) => Math.sin(index / 7));
    y[654_321] = 3;
    const { drawn, last } = decimate(x, y, { start: 0, end: x.length, buckets: 1000 });
    expect(last).toHaveLength(1000);
    expect(drawn.length).toBeLessThanOrEqual(4000);
    expect(drawn).toContain(654_321);
  });
});
