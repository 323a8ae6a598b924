import { describe, expect, test } from "vitest";
import { gradientNormFigure, normFigure } from "../../../webview/src/layout/norm-figure.ts";
import { curveContext, layerRow, series } from "../run-state.ts";

const flat = (value: number) => series([0, 10], [value, value]);

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

describe("gradientNormFigure()", () => {
  const metrics = {
    "weights/image.a.weight/gradient_norm": flat(3),
    "weights/image.b.weight/gradient_norm": flat(4),
    "weights/head/gradient_norm": flat(12),
  };

  test("takes the norm over the layers of a part", () => {
    const figure = gradientNormFigure(curveContext(metrics));
    expect(figure?.lines.map((line) => [line.id, line.points.y[0]])).toEqual([
      ["image", 5],
      ["head", 12],
    ]);
  });

  test("takes the norm over the model beside other runs, a line for each run", () => {
    const figure = gradientNormFigure(
      curveContext(metrics, { others: [["b", { "weights/head/gradient_norm": flat(1) }]] }),
    );
    expect(figure?.lines.map((line) => [line.color, line.points.y[0]])).toEqual([
      ["s1", 13],
      ["s2", 1],
    ]);
  });

  test("is absent where gradients were not logged", () => {
    expect(gradientNormFigure(curveContext({ "train/loss": flat(1) }))).toBeUndefined();
  });
});
