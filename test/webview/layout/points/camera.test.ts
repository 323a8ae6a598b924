import { describe, expect, test } from "vitest";
import {
  cameraOf,
  movedBy,
  NO_ZOOM,
  toData,
  toPixels,
  zoomedAbout,
} from "../../../../webview/src/layout/points/camera.ts";

const BOUNDS = { minX: -2, maxX: 6, minY: 1, maxY: 3 };
const SIZE = { width: 424, height: 224 };

describe("cameraOf()", () => {
  test("fits the bounds with one scale for both axes, y upward", () => {
    const camera = cameraOf(BOUNDS, SIZE);
    expect(camera.scale).toBe(50);
    expect(toPixels(camera, -2, 2)).toEqual({ x: 12, y: 112 });
    expect(toPixels(camera, 6, 3)).toEqual({ x: 412, y: 62 });
  });

  test("goes back from pixels to data", () => {
    const camera = cameraOf(BOUNDS, SIZE, { factor: 3, x: -40, y: 25 });
    const { x, y } = toPixels(camera, 1.25, -0.5);
    expect(toData(camera, { x, y })).toEqual({ x: expect.closeTo(1.25), y: expect.closeTo(-0.5) });
  });
});

describe("zoomedAbout()", () => {
  test("keeps what is under the pointer, in and out", () => {
    const at = { x: 130, y: 77 };
    const meant = toData(cameraOf(BOUNDS, SIZE), at);
    for (const by of [1.7, 0.4, 12]) {
      const zoom = zoomedAbout(movedBy(NO_ZOOM, 0, 0), by, at);
      const now = toPixels(cameraOf(BOUNDS, SIZE, zoom), meant.x, meant.y);
      expect(now.x).toBeCloseTo(at.x, 9);
      expect(now.y).toBeCloseTo(at.y, 9);
    }
  });

  test("ends at a largest and a smallest magnification, without moving on", () => {
    const at = { x: 50, y: 50 };
    const most = zoomedAbout(NO_ZOOM, 1e9, at);
    expect(zoomedAbout(most, 2, { x: 9, y: 9 })).toEqual(most);
    const least = zoomedAbout(NO_ZOOM, 1e-9, at);
    expect(zoomedAbout(least, 0.5, { x: 9, y: 9 })).toEqual(least);
  });
});

test("movedBy() moves every point by as many pixels", () => {
  const before = toPixels(cameraOf(BOUNDS, SIZE), 0, 0);
  const after = toPixels(cameraOf(BOUNDS, SIZE, movedBy(NO_ZOOM, 7, -3)), 0, 0);
  expect([after.x - before.x, after.y - before.y]).toEqual([7, -3]);
});
