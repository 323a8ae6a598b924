import { describe, expect, test } from "vitest";
import { pointGrid } from "../../../webview/src/layout/point-grid.ts";

describe("pointGrid()", () => {
  test("finds what a search through all points finds", () => {
    const positions = Float32Array.from({ length: 400 }, (_, index) => (index * 7919) % 211);
    const grid = pointGrid(positions, 16);
    for (let x = 0; x < 211; x += 23) {
      const distances = Array.from({ length: 200 }, (_, index) =>
        Math.hypot((positions[index * 2] ?? 0) - x, (positions[index * 2 + 1] ?? 0) - 50),
      );
      const best = Math.min(...distances);
      const found = grid.nearest(x, 50, 20);
      if (best > 20) expect(found).toBe(-1);
      else expect(distances[found]).toBeCloseTo(best, 6);
    }
  });

  test("never finds a point that is nowhere", () => {
    expect(pointGrid(Float32Array.of(Number.NaN, 1), 8).nearest(0, 1, 100)).toBe(-1);
  });
});
