import { describe, expect, test } from "vitest";
import { learnedLambdaFigure } from "../../../webview/src/layout/learned-lambda-figure.ts";
import { curveContext, series } from "../run-state.ts";

describe("learnedLambdaFigure()", () => {
  test("has a line on a log axis for each penalty whose λ is learned", () => {
    const figure = learnedLambdaFigure(
      curveContext({
        "train/loss": series([0, 10], [2, 1]),
        "train/lambda/0_l1_fc1.*": series([0, 10], [1e-2, 1e-4]),
        "train/lambda/1_l2": series([0, 10], [0.1, 1]),
      }),
    );
    expect(figure?.lines.map(({ points }) => [...points.y])).toEqual([
      [1e-2, 1e-4],
      [0.1, 1],
    ]);
    expect(figure?.labels.map(({ name }) => name)).toEqual(["l1 fc1.*", "l2"]);
    expect(figure?.isLogY).toBe(true);
    const [low = Number.NaN, high = Number.NaN] = figure?.yRange ?? [];
    expect([low > 0, low <= 1e-4, high >= 1]).toEqual([true, true, true]);
  });

  test("is absent where λ is not learned", () => {
    const metrics = { "train/loss": series([0, 10], [2, 1]) };
    expect(learnedLambdaFigure(curveContext(metrics))).toBeUndefined();
  });
});
