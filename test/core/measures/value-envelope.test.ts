import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { envelopeRadius, valueEnvelope } from "../../../core/measures/value-envelope.ts";

describe("valueEnvelope()", () => {
  test("equals the extremes of every stretch, found by looking at all of it", () => {
    const value = fc.oneof(fc.double({ min: -9, max: 9, noNaN: true }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 1, max: 7 }),
        (list, radius, stride) => {
          const marks = [...list.keys()].filter(
            (index) => index % stride === 0 || index === list.length - 1,
          );
          const { low, high } = valueEnvelope(Float64Array.from(list), marks, radius);
          for (const [place, mark] of marks.entries()) {
            const from = (marks[place - 1] ?? -1) + 1;
            const stretch = list
              .slice(Math.max(0, from - radius), mark + radius + 1)
              .filter(Number.isFinite);
            expect(low[place]).toBe(stretch.length === 0 ? Number.NaN : Math.min(...stretch));
            expect(high[place]).toBe(stretch.length === 0 ? Number.NaN : Math.max(...stretch));
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
