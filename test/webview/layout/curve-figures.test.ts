import { describe, expect, test } from "vitest";
import { curveFigures } from "../../../webview/src/layout/curve-figures.ts";
import { gapFigure } from "../../../webview/src/layout/gap-figure.ts";
import { normFigure } from "../../../webview/src/layout/norm-figure.ts";
import { qualityFigures } from "../../../webview/src/layout/quality-figures.ts";
import { zeroShareFigures } from "../../../webview/src/layout/zero-share-figures.ts";
import { initialState } from "../../../webview/src/store/panel-state.ts";
import { DEFAULT_SETTINGS } from "../../../webview/src/store/view-settings.ts";
import { curveContext, layerRow, series } from "../run-state.ts";

const flat = (value: number) => series([0, 10], [value, value]);

describe("gapFigure()", () => {
  test("takes the training loss nearest to each validation, data losses where both are there", () => {
    const figure = gapFigure(
      curveContext({
        "train/data_loss": series([0, 9, 20], [3, 2, 1]),
        "train/loss": series([0, 9, 20], [9, 9, 9]),
        "validation/data_loss": series([10, 20], [2.5, 1.25]),
        "validation/loss": series([10, 20], [9, 9]),
      }),
    );
    expect([...(figure?.lines[0]?.points.y ?? [])]).toEqual([0.5, 0.25]);
    expect(figure?.subtitle).toContain("data loss");
    expect(figure?.labels[0]?.format(0.25)).toBe("+0.250");
  });

  test("is absent without validation", () => {
    expect(gapFigure(curveContext({ "train/loss": flat(1) }))).toBeUndefined();
  });
});

describe("qualityFigures()", () => {
  test("puts accuracy over recall, validation before training", () => {
    const figures = qualityFigures(
      curveContext({
        "train/accuracy": flat(1),
        "validation/accuracy": flat(0.9),
        "validation/accuracy/image": flat(0.7),
        "validation/recall@1/image_to_text": flat(0.3),
        "validation/recall@5/image_to_text": flat(0.6),
      }),
    );
    expect(
      figures.map(({ title, subtitle, labels }) => [title, subtitle, labels.map((l) => l.name)]),
    ).toEqual([
      ["Accuracy", "on validation data", ["accuracy", "image"]],
      ["Recall@1", "on validation data", ["image → text"]],
    ]);
  });

  test("names measures that share a chart, and leaves shares below one", () => {
    const [figure] = qualityFigures(curveContext({ "train/r2": flat(1), "train/f1": flat(0.5) }));
    expect(figure?.title).toBe("F1 and R²");
    expect(figure?.subtitle).toBe("on train data");
    expect(figure?.yRange).toEqual([0, 1.02]);
  });

  test("gives the seventh line no hue", () => {
    const metrics = Object.fromEntries(
      ["a", "b", "c", "d", "e", "f", "g"].map((name) => [
        `validation/recall@1/${name}_to_x`,
        flat(0.1),
      ]),
    );
    const [figure] = qualityFigures(curveContext(metrics));
    expect(figure?.lines.map((line) => line.color)).toEqual([
      "s1",
      "s2",
      "s3",
      "s4",
      "s5",
      "s6",
      "muted",
    ]);
  });
});

describe("normFigure()", () => {
  const metrics = {
    "weights/image.a.weight/l1": flat(3),
    "weights/image.b.weight/l1": flat(4),
    "weights/image.a.weight/l2": flat(3),
    "weights/image.b.weight/l2": flat(4),
    "weights/head/l1": flat(2),
    "weights/all/l1": flat(9),
  };

  test.each([
    ["l1", 7],
    ["l2", 5],
  ] as const)("adds %s norms of one part to %d", (norm, value) => {
    const figure = normFigure(curveContext(metrics, { settings: { norm } }));
    expect(figure?.lines.find((line) => line.id === "image")?.points.y[1]).toBeCloseTo(value, 12);
    expect(figure?.lines.map((line) => line.id)).not.toContain("all");
  });

  test("keeps to penalised layers once they are known", () => {
    const layers = [layerRow("image.a.weight"), layerRow("head", { penalty: "" })];
    const figure = normFigure(curveContext(metrics, { layers }));
    expect(figure?.lines.map((line) => [line.id, line.points.y[0]])).toEqual([["image", 3]]);
    expect(figure?.subtitle).toBe("penalised");
  });
});

describe("zeroShareFigures()", () => {
  const metrics = {
    "weights/a.weight/zero_fraction": flat(0),
    "weights/b.weight/zero_fraction": flat(0.5),
    "weights/c.weight/zero_fraction": flat(0.25),
    "weights/all/zero_fraction": flat(0.3),
  };

  test("takes the largest penalised layers in the order of the model", () => {
    const layers = [
      layerRow("c.weight", { count: 10 }),
      layerRow("a.weight", { count: 99, penalty: "" }),
      layerRow("b.weight", { count: 50 }),
    ];
    const { shown, total } = zeroShareFigures(curveContext(metrics, { layers }), 2);
    expect(shown.map((figure) => figure.id)).toEqual(["c.weight", "b.weight"]);
    expect(total).toBe(3);
  });

  test("takes layers with zeros while it knows no penalties", () => {
    const { shown } = zeroShareFigures(curveContext(metrics), 8);
    expect(shown.map((figure) => figure.id)).toEqual(["b.weight", "c.weight"]);
    expect(shown[0]?.yRange).toEqual([0, 1]);
  });
});

test("curveFigures() shows only what was logged", () => {
  const state = initialState(DEFAULT_SETTINGS);
  const figures = curveFigures({ ...state, series: new Map([["train/loss", flat(1)]]) });
  expect(figures.rows.map((row) => row.flat().map((figure) => figure.id))).toEqual([["loss"], []]);
  expect(figures.zeroShare).toEqual({ shown: [], total: 0 });
});
