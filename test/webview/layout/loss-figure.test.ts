import { describe, expect, test } from "vitest";
import { readOut } from "../../../webview/src/layout/line-end-labels.ts";
import { lossFigure } from "../../../webview/src/layout/loss-figure.ts";
import { curveContext, runHeader, series } from "../run-state.ts";

const STEPS = [0, 10, 20];
const SPLIT = {
  "train/loss": series(STEPS, [3, 2, 1.5]),
  "train/data_loss": series(STEPS, [2, 1.5, 1]),
  "train/penalty": series(STEPS, [1, 0.5, 0.5]),
  "validation/data_loss": series(STEPS, [2.1, 1.6, 1.2]),
  "validation/loss": series(STEPS, [3.1, 2.1, 1.7]),
};

describe("lossFigure()", () => {
  test("stacks the penalty on the data loss under the total, validation dashed", () => {
    const figure = lossFigure(curveContext(SPLIT));
    expect(figure?.areas).toEqual([
      { upper: "data", color: "s1", depth: "data" },
      { upper: "total", lower: "data", color: "s1", depth: "penalty" },
    ]);
    expect(figure?.lines.filter((line) => line.isDashed).map((line) => line.id)).toEqual([
      "validation",
    ]);
    expect(
      figure?.labels.map(({ name, values, format }) => `${name} ${format(values.y.at(-1) ?? 0)}`),
    ).toEqual(["total loss 1.500", "penalty 0.500", "data loss 1.000", "validation 1.200"]);
    expect(figure?.yRange[0]).toBe(0);
    expect(figure?.subtitle).toBe("mean cross-entropy");
  });

  test("names an area in its middle", () => {
    const labels = lossFigure(curveContext(SPLIT))?.labels ?? [];
    const heights = new Map(labels.map((label) => [label.name, label.heights?.y.at(-1)]));
    expect(heights.get("penalty")).toBeCloseTo(1.25, 12);
    expect(heights.get("data loss")).toBeCloseTo(0.75, 12);
    expect(heights.get("total loss")).toBeUndefined();
  });

  test("draws no area on a log axis, for its foot would lie", () => {
    const figure = lossFigure(curveContext(SPLIT, { settings: { isLogY: true } }));
    expect(figure?.areas).toEqual([]);
    expect(figure?.lines.map((line) => line.id)).toEqual([
      "total",
      "data",
      "penalty",
      "validation",
    ]);
    expect(figure?.yRange[0]).toBeGreaterThan(0);
  });

  test("does not split where nothing was split, or the penalty is zero", () => {
    const { "train/loss": total } = SPLIT;
    const bare = lossFigure(curveContext({ "train/loss": total }));
    expect(bare?.labels.map((label) => label.name)).toEqual(["total loss"]);
    const free = { ...SPLIT, "train/penalty": series(STEPS, [0, 0, 0]) };
    expect(lossFigure(curveContext(free))?.labels.map((label) => label.name)).not.toContain(
      "penalty",
    );
  });

  test("shows the extremes around a smoothed line only", () => {
    const band = { low: Float64Array.of(1, 1), high: Float64Array.of(3, 3) };
    const ids = (changes: object, settings = {}) =>
      lossFigure(
        curveContext({ "train/loss": series([0, 9], [2, 2], changes) }, { settings }),
      )?.areas.map((area) => area.depth);
    expect(ids(band)).toContain("envelope");
    expect(ids({})).not.toContain("envelope");
    expect(ids(band, { showEnvelope: false })).not.toContain("envelope");
  });

  test("draws other runs thinner, training solid and validation dashed", () => {
    const figure = lossFigure(curveContext(SPLIT, { others: [["b", SPLIT]] }));
    const others = figure?.lines.filter(({ color }) => color === "s2") ?? [];
    expect(others.map(({ width, isDashed, points }) => [width, isDashed, points.y.at(-1)])).toEqual(
      [
        [1.25, false, 1.5],
        [1, true, 1.2],
      ],
    );
    expect(figure?.labels.map(({ name }) => name)).toEqual([
      "total loss",
      "penalty",
      "data loss",
      "validation",
      "b",
    ]);
  });

  test("reads a long curve at its marks, not at the extremes that it is drawn with", () => {
    const long = series([0, 3, 4, 9], [2, 9, 1, 3], { marks: Float64Array.of(0, 3), total: 10 });
    const label = lossFigure(curveContext({ "train/loss": long }))?.labels[0];
    expect(label && [readOut(label, 3), readOut(label, 9)]).toEqual(["2.000", "3.000"]);
    expect(label?.values.y).toEqual(Float64Array.of(2, 9, 1, 3));
  });

  test.each([
    ["failed", [3, 2, Number.NaN], "not finite at step 20", "error"],
    ["failed", [3, 2, 1], "failed after step 20", "error"],
    ["lost", [3, 2, 1], "last line written, step 20", "warning"],
    ["cancelled", [3, 2, 1], "stopped at step 20", "muted"],
  ] as const)("marks where a %s run broke off", (status, values, text, tone) => {
    const metrics = { "train/loss": series(STEPS, values) };
    const figure = lossFigure(curveContext(metrics, { header: runHeader({ status }) }));
    expect(figure?.markers).toMatchObject([{ x: 20, text, tone }]);
  });

  test("says where a cut line comes from", () => {
    const metrics = { "train/loss": series([0, 50, 100], [9, 1, 0.5]) };
    expect(lossFigure(curveContext(metrics))?.note).toBe("from 9.000 at step 0");
  });

  test("needs a loss", () => expect(lossFigure(curveContext({}))).toBeUndefined());
});
