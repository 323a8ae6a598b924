import { describe, expect, test } from "vitest";
import { clusterLabels, clusterMeans } from "../../../webview/src/layout/cluster-labels.ts";
import { pointSet } from "../../../webview/src/layout/points/point-set.ts";
import { VIEW } from "../embedding-view.ts";

const POINTS = pointSet(VIEW.clouds);
const ALL = new Uint8Array(5).fill(1);
const CAMERA = { scale: 100, left: 10, top: 300 };

describe("clusterLabels()", () => {
  test("stand at the mean of the visible points of each modality", () => {
    const means = clusterMeans(POINTS, ALL);
    expect(means).toEqual([
      { text: "image", x: expect.closeTo(8 / 3, 6), y: expect.closeTo(2 / 3, 6) },
      { text: "audio", x: 2, y: 1.5 },
    ]);
    const [, audio] = clusterLabels(means, CAMERA, () => 10);
    expect(audio).toEqual({ text: "audio", x: 210, y: 150 });
    expect(clusterMeans(POINTS, Uint8Array.of(1, 0, 0, 1, 1))[0]).toMatchObject({ x: 0, y: 0 });
  });

  test("are left out where two of them would touch", () => {
    const means = clusterMeans(POINTS, ALL);
    expect(clusterLabels(means, { ...CAMERA, scale: 4 }, () => 10)).toEqual([]);
    expect(clusterLabels(means, { ...CAMERA, scale: 4 }, () => -10)).toHaveLength(2);
  });

  test("name no modality whose points are hidden", () => {
    const means = clusterMeans(POINTS, Uint8Array.of(0, 0, 0, 1, 1));
    expect(means.map(({ text }) => text)).toEqual(["audio"]);
  });
});
