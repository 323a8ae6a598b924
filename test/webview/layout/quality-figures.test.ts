import { describe, expect, test } from "vitest";
import { qualityFigures } from "../../../webview/src/layout/quality-figures.ts";
import { curveContext, series } from "../run-state.ts";

const flat = (value: number) => series([0, 10], [value, value]);

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
