import { describe, expect, test } from "vitest";
import { pointsOfRow, scatterPoints } from "../../../webview/src/layout/scatter-points.ts";
import { VIEW } from "../embedding-view.ts";

const SHOW_ALL = { hiddenClasses: [], hiddenModalities: [] };
const SIZE = { width: 240, height: 140 };

describe("scatterPoints()", () => {
  test("keeps the aspect of the projection", () => {
    const { positions } = scatterPoints(VIEW, SHOW_ALL, SIZE);
    const [x0 = 0, y0 = 0, x1 = 0, , , y2 = 0] = positions;
    expect((x1 - x0) / 4).toBeCloseTo((y0 - y2) / 2, 4);
  });

  test("hides classes and modalities without moving the others", () => {
    const all = scatterPoints(VIEW, SHOW_ALL, SIZE);
    const some = scatterPoints(
      VIEW,
      { hiddenClasses: ["square"], hiddenModalities: ["audio"] },
      SIZE,
    );
    expect([...some.rows]).toEqual([0, 2]);
    expect([...some.positions.slice(0, 2)]).toEqual([...all.positions.slice(0, 2)]);
  });

  test("draws few points larger than many, whatever is hidden", () => {
    const { radius } = scatterPoints(VIEW, SHOW_ALL, SIZE);
    const many = {
      ...VIEW,
      clouds: VIEW.clouds.map(({ modality, xy }) => ({
        modality,
        rows: new Int32Array(2000),
        xy: Float32Array.from({ length: 4000 }, (_, index) => xy[index % xy.length] ?? 0),
      })),
    };
    expect(scatterPoints(many, SHOW_ALL, SIZE).radius).toBeLessThan(radius);
    const hidden = { ...SHOW_ALL, hiddenModalities: ["audio"] };
    expect(scatterPoints(VIEW, hidden, SIZE).radius).toBe(radius);
  });

  test("finds the points of one item in every modality", () => {
    const points = scatterPoints(VIEW, SHOW_ALL, SIZE);
    expect(pointsOfRow(points, 2).map((index) => points.clouds[index])).toEqual([0, 1]);
    expect(pointsOfRow(points, 1)).toHaveLength(1);
  });

  test("draws an even selection beyond the limit", () => {
    expect(scatterPoints(VIEW, SHOW_ALL, SIZE, 3).rows.length).toBeLessThanOrEqual(3);
  });
});
