import { expect, test } from "vitest";
import { pointRadius } from "../../../../webview/src/layout/points/point-radius.ts";

const BOUNDS = { minX: 0, maxX: 4, minY: 0, maxY: 2 };

test("pointRadius() shrinks with more points and grows with magnification, within limits", () => {
  expect(pointRadius(10, BOUNDS, 100)).toBe(4.4);
  expect(pointRadius(1_000_000, BOUNDS, 100)).toBe(1.2);
  const some = pointRadius(2_000, BOUNDS, 100);
  expect(some).toBeCloseTo(100 * Math.sqrt(8 / 2000) * 0.25, 9);
  expect(pointRadius(2_000, BOUNDS, 150)).toBeCloseTo(1.5 * some, 9);
  expect(pointRadius(3, { ...BOUNDS, maxX: 0 }, 100)).toBe(4.4);
});
