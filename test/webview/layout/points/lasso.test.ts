import { describe, expect, test } from "vitest";
import { pointsInside } from "../../../../webview/src/layout/points/lasso.ts";

const places = (...xy: [number, number][]) => xy.map(([x, y]) => ({ x, y }));
const all = () => true;

describe("pointsInside()", () => {
  test("agrees with a circle's own equation, away from its edge", () => {
    const outline = Array.from({ length: 720 }, (_, index) => {
      const angle = (index / 720) * 2 * Math.PI;
      return { x: 3 + 2 * Math.cos(angle), y: -1 + 2 * Math.sin(angle) };
    });
    const xy = Float32Array.from(
      { length: 2000 },
      (_, index) => 8 * (Math.abs(Math.sin(index * 12.9898) * 43758.5453) % 1) - 3,
    );
    const distance = (index: number) =>
      Math.hypot((xy[2 * index] ?? 0) - 3, (xy[2 * index + 1] ?? 0) + 1);
    const clear = [...Array(1000).keys()].filter((index) => Math.abs(distance(index) - 2) > 1e-3);
    const found = new Set(pointsInside(outline, xy, all));
    expect(clear.filter((index) => found.has(index))).toEqual(
      clear.filter((index) => distance(index) < 2),
    );
    expect(found.size).toBeGreaterThan(50);
  });

  test("leaves out the dent of a bent outline, and what lies in it twice", () => {
    const dented = places([0, 0], [10, 0], [10, 10], [5, 2], [0, 10]);
    expect([...pointsInside(dented, Float32Array.of(1, 5, 5, 5, 5, 1, 9, 5), all)]).toEqual([
      0, 2, 3,
    ]);
    // A five-pointed star drawn in one stroke: by the even-odd rule its middle is outside.
    const star = Array.from({ length: 5 }, (_, index) => {
      const angle = (index * 4 * Math.PI) / 5;
      return { x: Math.cos(angle), y: Math.sin(angle) };
    });
    expect([...pointsInside(star, Float32Array.of(0, 0, 0.8, 0), all)]).toEqual([1]);
  });

  test("passes over what is not accepted, and what is nowhere", () => {
    const square = places([0, 0], [2, 0], [2, 2], [0, 2]);
    const xy = Float32Array.of(1, 1, Number.NaN, 1, 1, 1.5);
    expect([...pointsInside(square, xy, (index) => index !== 0)]).toEqual([2]);
  });

  test("finds nothing within a line or without corners", () => {
    expect(pointsInside(places([0, 0], [2, 2]), Float32Array.of(1, 1), all)).toHaveLength(0);
    expect(pointsInside([], Float32Array.of(1, 1), all)).toHaveLength(0);
  });
});
