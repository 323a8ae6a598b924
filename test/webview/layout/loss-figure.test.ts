import { describe, expect, test } from "vitest";
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
    const steps = Array.from({ length: 60 }, (_, index) => index);
    const noisy = {
      "train/loss": series(
        steps,
        steps.map((step) => 1 + (step % 2)),
      ),
    };
    const ids = (settings: object) =>
      lossFigure(curveContext(noisy, { settings }))?.areas.map((area) => area.depth);
    expect(ids({ smoothing: 0.6 })).toContain("envelope");
    expect(ids({ smoothing: 0 })).not.toContain("envelope");
    expect(ids({ smoothing: 0.6, showEnvelope: false })).not.toContain("envelope");
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
