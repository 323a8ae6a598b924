import { describe, expect, test } from "vitest";
import { clusterLabels } from "../../../webview/src/layout/cluster-labels.ts";
import { type ScatterFilter, scatterPoints } from "../../../webview/src/layout/scatter-points.ts";
import { VIEW } from "../embedding-view.ts";

const SIZE = { width: 424, height: 224 };
const everything: ScatterFilter = { hiddenClasses: [], hiddenModalities: [] };
const placed = (filter: ScatterFilter = everything) => scatterPoints(VIEW, filter, SIZE);

describe("clusterLabels()", () => {
  test("stand at the mean of the visible points of each modality", () => {
    const points = placed();
    const labels = clusterLabels(VIEW, points, () => 10);
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0] = points.positions;
    expect(labels.map(({ text }) => text)).toEqual(["image", "audio"]);
    expect(labels[0]?.x).toBeCloseTo((x0 + x1 + x2) / 3, 4);
    expect(labels[0]?.y).toBeCloseTo((y0 + y1 + y2) / 3, 4);
  });

  test("are left out where two of them would touch", () => {
    const near = { ...VIEW, clouds: VIEW.clouds.map((cloud) => ({ ...cloud, ...VIEW.clouds[0] })) };
    const points = scatterPoints(near, everything, SIZE);
    expect(clusterLabels(near, points, () => 10)).toEqual([]);
  });

  test("name no modality whose points are hidden", () => {
    const points = placed({ ...everything, hiddenModalities: ["image"] });
    expect(clusterLabels(VIEW, points, () => 10).map(({ text }) => text)).toEqual(["audio"]);
  });
});
