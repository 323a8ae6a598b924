import { describe, expect, test } from "vitest";
import { gapFigure } from "../../../webview/src/layout/gap-figure.ts";
import { curveContext, series } from "../run-state.ts";

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
