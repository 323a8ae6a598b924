import { expect, test } from "vitest";
import { pointSet } from "../../../../webview/src/layout/points/point-set.ts";
import {
  RAMP_INKS,
  rampIndex,
  similarityScale,
} from "../../../../webview/src/layout/points/similarity.ts";
import { VIEW } from "../../embedding-view.ts";

const POINTS = pointSet(VIEW.clouds);
const pair = (from: string, to: string, ...cosines: number[]) => {
  return { from, to, cosines: Float32Array.from(cosines), ranks: new Float32Array(3) };
};

test("similarityScale() takes the mean over all partners that a point has", () => {
  const pairs = [
    pair("image", "audio", 0.5, Number.NaN, -0.25),
    pair("image", "text", 0, 0.75, Number.NaN),
    pair("audio", "image", 0.5, Number.NaN, -0.25),
  ];
  const { values, from, to } = similarityScale({ ...VIEW, pairs }, POINTS);
  expect([...values]).toEqual([0.25, 0.75, -0.25, 0.5, -0.25]);
  expect([from, to]).toEqual([-0.3, 0.8]);
});

test("similarityScale() has a range even where all are alike, or none has a partner", () => {
  const alike = similarityScale(
    { ...VIEW, pairs: [pair("image", "audio", 0.5, 0.5, 0.5)] },
    POINTS,
  );
  expect(alike.to).toBeGreaterThan(alike.from);
  expect(similarityScale({ ...VIEW, pairs: [] }, POINTS)).toMatchObject({ from: -1, to: 1 });
});

test("rampIndex() covers the range evenly and holds what lies beyond at its ends", () => {
  const scale = { values: new Float32Array(), from: 0, to: 1 };
  expect([-1, 0, 0.5, 0.999, 1, 2].map((value) => rampIndex(scale, value))).toEqual([
    0,
    0,
    RAMP_INKS / 2,
    RAMP_INKS - 1,
    RAMP_INKS - 1,
    RAMP_INKS - 1,
  ]);
  expect(rampIndex(scale, Number.NaN)).toBeUndefined();
});
