import { describe, expect, test } from "vitest";
import { PointMotion } from "../../../../webview/src/charts/points/point-motion.ts";
import { pointSet } from "../../../../webview/src/layout/points/point-set.ts";

const CAMERA = { scale: 1, left: 0, top: 0 };
const at = (x: number, y: number) =>
  pointSet([{ modality: "image", rows: Int32Array.of(0), xy: Float32Array.of(x, y) }]);
const EVERY = Int32Array.of(0);

describe("PointMotion", () => {
  test("rests where it is", () => {
    const motion = PointMotion.resting(at(3, 4));
    expect([motion.isMovingAt(0), motion.shareAt(0)]).toEqual([false, 1]);
    expect([motion.xAt(0, 1), motion.yAt(0, 1)]).toEqual([3, 4]);
  });

  test("goes from what is shown to what comes in a quarter of a second", () => {
    const to = { shown: CAMERA, next: CAMERA, nowMs: 1000 };
    const motion = PointMotion.resting(at(0, 0)).toward(at(8, -4), EVERY, to);
    expect([1000, 1125, 1250].map((now) => motion.shareAt(now))).toEqual([0, 0.5, 1]);
    expect([motion.isMovingAt(1249), motion.isMovingAt(1250)]).toEqual([true, false]);
    expect([motion.xAt(0, 0.5), motion.yAt(0, 0.5)]).toEqual([4, -2]);
  });

  test("turns in the middle of the way without a leap", () => {
    const first = PointMotion.resting(at(0, 0)).toward(at(8, 0), EVERY, {
      shown: CAMERA,
      next: CAMERA,
      nowMs: 0,
    });
    const second = first.toward(at(8, 100), EVERY, { shown: CAMERA, next: CAMERA, nowMs: 125 });
    expect([second.xAt(0, 0), second.yAt(0, 0)]).toEqual([4, 0]);
  });
});
