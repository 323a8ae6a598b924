import { describe, expect, test } from "vitest";
import { gapFigure } from "../../../webview/src/layout/gap-figure.ts";
import { curveContext, series } from "../run-state.ts";

const flat = (value: number) => series([0, 10], [value, value]);

describe("gapFigure()", () => {
  test("draws the gap of the run, and of each run over it in the colour of that run", () => {
    const figure = gapFigure(
      curveContext(
        { "gap/data_loss": series([10, 20], [0.5, 0.25]) },
        {
          others: [
            ["b", { "gap/data_loss": flat(0.75) }],
            ["c", {}],
          ],
        },
      ),
    );
    expect(figure?.lines.map(({ color, width, points }) => [color, width, ...points.y])).toEqual([
      ["s1", 2, 0.5, 0.25],
      ["s2", 1.25, 0.75, 0.75],
    ]);
    expect(figure?.labels.map(({ name }) => name)).toEqual(["Shapes", "b"]);
    expect(figure?.subtitle).toContain("data loss");
    expect(figure?.labels[0]?.format(0.25)).toBe("+0.250");
  });

  test("is absent without validation", () => {
    expect(gapFigure(curveContext({ "train/loss": flat(1) }))).toBeUndefined();
  });
});
