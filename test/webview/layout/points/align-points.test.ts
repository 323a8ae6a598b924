import { describe, expect, test } from "vitest";
import { alignedTo } from "../../../../webview/src/layout/points/align-points.ts";
import { boundsOf } from "../../../../webview/src/layout/points/equal-aspect.ts";
import { type PointSet, pointSet } from "../../../../webview/src/layout/points/point-set.ts";

const XY = Float32Array.from(
  { length: 60 },
  (_, index) => Math.sin(index * index) * (1 + (index & 1)),
);
const EVERY = Int32Array.from({ length: 30 }, (_, index) => index);
const setOf = (xy: Float32Array): PointSet =>
  pointSet([{ modality: "image", rows: EVERY.slice(0, xy.length >> 1), xy }]);
const SHOWN = setOf(XY);

/** Turned by an angle, mirrored in y before that where asked, and moved. */
const changed = (angle: number, isMirrored: boolean) =>
  Float32Array.from(XY, (_, index) => {
    const x = XY[index & ~1] ?? 0;
    const y = (isMirrored ? -1 : 1) * (XY[index | 1] ?? 0);
    return index % 2 === 0
      ? 5 + Math.cos(angle) * x - Math.sin(angle) * y
      : -2 + Math.sin(angle) * x + Math.cos(angle) * y;
  });

const meanOf = (xy: Float32Array, axis: 0 | 1) =>
  xy.filter((_, index) => index % 2 === axis).reduce((sum, value) => sum + value, 0) /
  (xy.length / 2);
const centred = (xy: Float32Array) => {
  const means = [meanOf(xy, 0), meanOf(xy, 1)];
  return Float32Array.from(xy, (value, index) => value - (means[index % 2] ?? 0));
};

describe("alignedTo()", () => {
  test.each([
    ["a flipped axis", 0, true],
    ["both axes flipped", Math.PI, false],
    ["axes that changed places", Math.PI / 2, true],
    ["any turn", 2.13, false],
    ["any turn in a mirror", -0.7, true],
  ])("undoes %s", (_name, angle, isMirrored) => {
    const { xy, bounds } = alignedTo(SHOWN, setOf(changed(angle, isMirrored)), EVERY);
    const [is, was] = [centred(xy), centred(XY)];
    for (const [index, value] of is.entries()) expect(value).toBeCloseTo(was[index] ?? 0, 5);
    expect(bounds).toEqual(boundsOf([xy]));
  });

  test("keeps scale and place", () => {
    const doubled = Float32Array.from(changed(1, false), (value) => 2 * value);
    const { xy } = alignedTo(SHOWN, setOf(doubled), EVERY);
    expect(meanOf(xy, 0)).toBeCloseTo(meanOf(doubled, 0), 5);
    expect(Math.hypot(...centred(xy))).toBeCloseTo(2 * Math.hypot(...centred(XY)), 4);
  });

  test("is nearer than any other turn or mirror image", () => {
    const noisy = Float32Array.from(
      changed(0.9, true),
      (value, index) => value + Math.cos(7 * index),
    );
    const distance = (xy: Float32Array) => {
      const [a, b] = [centred(xy), centred(XY)];
      return a.reduce((sum, value, index) => sum + (value - (b[index] ?? 0)) ** 2, 0);
    };
    const best = distance(alignedTo(SHOWN, setOf(noisy), EVERY).xy);
    const turned = (angle: number, side: number) => {
      const at = centred(noisy);
      return Float32Array.from(at, (_, index) => {
        const [x, y] = [at[index & ~1] ?? 0, side * (at[index | 1] ?? 0)];
        return index % 2 === 0
          ? Math.cos(angle) * x - Math.sin(angle) * y
          : Math.sin(angle) * x + Math.cos(angle) * y;
      });
    };
    for (let angle = 0; angle < 2 * Math.PI; angle += 0.05) {
      expect(distance(turned(angle, 1))).toBeGreaterThanOrEqual(best - 1e-3);
      expect(distance(turned(angle, -1))).toBeGreaterThanOrEqual(best - 1e-3);
    }
  });

  test("looks only at points that both have and that are somewhere", () => {
    const next = changed(Math.PI, false);
    next.set([Number.NaN, 1e9], 0);
    const matches = EVERY.map((index) => (index === 1 ? -1 : index));
    next.set([1e6, 1e6], 2);
    const { xy } = alignedTo(SHOWN, setOf(next), matches);
    const distances = (at: Float32Array) => (at[8] ?? 0) - (at[6] ?? 0);
    expect(distances(xy)).toBeCloseTo(distances(XY), 3);
    expect(xy[0]).toBeNaN();
  });

  test("leaves alone what has nothing in common with what is shown", () => {
    const next = setOf(changed(1, true));
    expect(
      alignedTo(
        SHOWN,
        next,
        EVERY.map(() => -1),
      ),
    ).toBe(next);
  });
});
