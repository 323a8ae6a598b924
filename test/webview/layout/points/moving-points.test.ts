import { expect, test } from "vitest";
import {
  eased,
  positionsBetween,
  startPositions,
} from "../../../../webview/src/layout/points/moving-points.ts";

test("eased() goes from 0 to 1, level at both ends", () => {
  expect([-1, 0, 0.5, 1, 2].map(eased)).toEqual([0, 0, 0.5, 1, 1]);
  expect(eased(0.01)).toBeLessThan(0.001);
  expect(eased(0.99)).toBeGreaterThan(0.999);
});

test("positionsBetween() is a share of the way", () => {
  const [from, to] = [Float32Array.of(0, 10), Float32Array.of(4, 6)];
  expect([...positionsBetween(from, to, 0.25)]).toEqual([1, 9]);
  expect(positionsBetween(from, to, 1)).toBe(to);
});

test("startPositions() draws every point first where it was drawn last", () => {
  const shown = { xy: Float32Array.of(1, 2, 3, 4), camera: { scale: 10, left: 5, top: 100 } };
  const next = { xy: Float32Array.of(0, 0, 7, 7, 9, 9), camera: { scale: 2, left: -3, top: 50 } };
  const start = startPositions(shown, next, Int32Array.of(1, -1, 0));
  const pixels = (index: number) => [
    -3 + (start[2 * index] ?? 0) * 2,
    50 - (start[2 * index + 1] ?? 0) * 2,
  ];
  expect(pixels(0)).toEqual([35, 60]);
  expect(pixels(2)).toEqual([15, 80]);
  expect([...start.slice(2, 4)]).toEqual([7, 7]);
});
