import { describe, expect, test } from "vitest";
import { boundsOf } from "../../../../webview/src/layout/points/equal-aspect.ts";
import { pointGrid } from "../../../../webview/src/layout/points/point-grid.ts";

const NOWHERE = { minX: 0, maxX: 0, minY: 0, maxY: 0 };
const gridOf = (xy: Float32Array) => pointGrid(xy, boundsOf([xy]) ?? NOWHERE);
const all = () => true;

describe("pointGrid()", () => {
  test("finds what a search through all points finds", () => {
    const positions = Float32Array.from({ length: 400 }, (_, index) => (index * 7919) % 211);
    const grid = gridOf(positions);
    for (let x = -30; x < 250; x += 23) {
      const distances = Array.from({ length: 200 }, (_, index) =>
        Math.hypot((positions[index * 2] ?? 0) - x, (positions[index * 2 + 1] ?? 0) - 50),
      );
      const best = Math.min(...distances);
      const found = grid.nearest({ x, y: 50, radius: 20 }, all);
      if (best > 20) expect(found).toBe(-1);
      else expect(distances[found]).toBeCloseTo(best, 6);
    }
  });

  test("passes over points that are not accepted", () => {
    const grid = gridOf(Float32Array.of(0, 0, 1, 0));
    expect(grid.nearest({ x: 0, y: 0, radius: 2 }, (index) => index === 1)).toBe(1);
    expect(grid.nearest({ x: 0, y: 0, radius: 0.5 }, (index) => index === 1)).toBe(-1);
  });

  test("never finds a point that is nowhere", () => {
    const xy = Float32Array.of(Number.NaN, 1, 5, 5);
    expect(gridOf(xy).nearest({ x: 5, y: 1, radius: 100 }, all)).toBe(1);
    expect(gridOf(Float32Array.of(Number.NaN, 1)).nearest({ x: 0, y: 1, radius: 9 }, all)).toBe(-1);
    expect(gridOf(new Float32Array()).nearest({ x: 0, y: 0, radius: 9 }, all)).toBe(-1);
  });

  test("holds points that all lie at one place", () => {
    expect(gridOf(Float32Array.of(3, 3, 3, 3)).nearest({ x: 3, y: 3, radius: 1 }, all)).toBe(1);
  });
});
