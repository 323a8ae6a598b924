import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundsOf, equalAspect } from "../../../../webview/src/layout/points/equal-aspect.ts";

const BOX = { left: 10, top: 20, width: 300, height: 100 };

describe("equalAspect()", () => {
  test("one unit is as many pixels to the right as upward, whatever the box", () => {
    const { toX, toY, scale } = equalAspect({ minX: -1, maxX: 1, minY: -4, maxY: 4 }, BOX);
    expect(toX(1) - toX(0)).toBeCloseTo(scale, 12);
    expect(toY(0) - toY(1)).toBeCloseTo(scale, 12);
    expect(scale).toBeCloseTo(100 / 8, 12);
  });

  test("fits every point into the box and centres them", () => {
    const coordinate = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(fc.array(coordinate, { minLength: 4, maxLength: 30 }), (list) => {
        const xy = Float32Array.from(list.slice(0, list.length - (list.length % 2)));
        const bounds = boundsOf([xy]);
        if (bounds === undefined) return;
        const { toX, toY } = equalAspect(bounds, BOX);
        expect((toX(bounds.minX) + toX(bounds.maxX)) / 2).toBeCloseTo(160, 6);
        expect((toY(bounds.minY) + toY(bounds.maxY)) / 2).toBeCloseTo(70, 6);
        expect(toX(bounds.minX)).toBeGreaterThanOrEqual(10 - 1e-6);
        expect(toX(bounds.maxX)).toBeLessThanOrEqual(310 + 1e-6);
        expect(toY(bounds.maxY)).toBeGreaterThanOrEqual(20 - 1e-6);
        expect(toY(bounds.minY)).toBeLessThanOrEqual(120 + 1e-6);
      }),
    );
  });

  test("puts a single point in the middle", () => {
    const { toX, toY } = equalAspect({ minX: 3, maxX: 3, minY: 5, maxY: 5 }, BOX);
    expect([toX(3), toY(5)]).toEqual([160, 70]);
  });
});

test("boundsOf() leaves out what is no number", () => {
  expect(boundsOf([Float32Array.of(1, 2, Number.NaN, 9), Float32Array.of(-3, 4)])).toEqual({
    minX: -3,
    maxX: 1,
    minY: 2,
    maxY: 4,
  });
  expect(boundsOf([Float32Array.of(Number.NaN, 1)])).toBeUndefined();
});
