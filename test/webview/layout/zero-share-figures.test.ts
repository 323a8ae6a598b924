import { describe, expect, test } from "vitest";
import { zeroShareFigures } from "../../../webview/src/layout/zero-share-figures.ts";
import { curveContext, layerRow, series } from "../run-state.ts";

const flat = (value: number) => series([0, 10], [value, value]);

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
