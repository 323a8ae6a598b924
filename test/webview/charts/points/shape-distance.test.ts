import { describe, expect, test } from "vitest";
import {
  SHAPE_REACH,
  shapeDistance,
} from "../../../../webview/src/charts/points/shape-distance.ts";
import { stampsOf } from "../../../../webview/src/charts/points/stamps.ts";
import { POINT_SHAPES } from "../../../../webview/src/layout/modality-shape.ts";

const R = 40;
/** Areas of the SVG paths of `shapePath()`, by their corners. */
const AREAS = {
  circle: Math.PI * R ** 2,
  triangle: 1.15 * 2.05 * R ** 2,
  square: (1.78 * R) ** 2,
  diamond: 2 * (1.25 * R) ** 2,
  cross: (2 * 0.8 * 2.2 - 0.8 ** 2) * R ** 2,
};

describe.each(POINT_SHAPES)("%s", (shape) => {
  test("shapeDistance() is negative over the area of its path, and nowhere else", () => {
    let area = 0;
    for (let x = -59.875; x < 60; x += 0.25) {
      for (let y = -59.875; y < 60; y += 0.25)
        if (shapeDistance(shape, x, y, R) < 0) area += 1 / 16;
    }
    // A grid of quarter pixels cuts edges of 160 such cells.
    expect(Math.abs(area / AREAS[shape] - 1)).toBeLessThan(0.01);
  });

  test("shapeDistance() is never more than the true distance, nor beyond the reach", () => {
    for (let angle = 0; angle < 6.28; angle += 0.1) {
      const [x, y] = [Math.cos(angle) * SHAPE_REACH * R, Math.sin(angle) * SHAPE_REACH * R];
      expect(shapeDistance(shape, x, y, R)).toBeGreaterThanOrEqual(-1e-9);
      const step = 0.5;
      const further = shapeDistance(shape, x * (1 + step / R), y * (1 + step / R), R);
      expect(further - shapeDistance(shape, x, y, R)).toBeLessThanOrEqual(
        SHAPE_REACH * step + 1e-9,
      );
    }
  });

  test("its stamps cover its area, wherever in a pixel they stand", () => {
    const phases = 4;
    const stamps = stampsOf({ stride: 256, radius: R, rim: 0, phases });
    const first = POINT_SHAPES.indexOf(shape) * phases * phases;
    for (const { ink } of stamps.slice(first, first + phases * phases)) {
      const area = ink.reduce((sum, share) => sum + share / 256, 0);
      expect(area / AREAS[shape]).toBeCloseTo(1, 2);
    }
  });
});
