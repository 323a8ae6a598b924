import { describe, expect, test } from "vitest";
import {
  measureName,
  splitMetric,
  splitWeightMetric,
} from "../../../webview/src/layout/metric-name.ts";

describe("metric names", () => {
  test.each([
    ["recall@1/image_to_text", "recall@1 image → text"],
    ["accuracy/image", "accuracy image"],
    ["r2", "R²"],
    ["data_loss", "data loss"],
  ])("%s reads %s", (measure, text) => expect(measureName(measure)).toBe(text));

  test("come apart into part and measure", () => {
    expect(splitMetric("validation/recall@1/a_to_b")).toEqual({
      part: "validation",
      measure: "recall@1/a_to_b",
    });
    expect(splitMetric("loss")).toEqual({ part: "", measure: "loss" });
  });

  test.each([
    ["weights/image.0.weight/l1", { layer: "image.0.weight", measure: "l1" }],
    ["weights/block/fc/l2", { layer: "block/fc", measure: "l2" }],
    ["weights/all/l1", undefined],
    ["weights/l1", undefined],
    ["train/loss", undefined],
  ])("%s names the layer of %j", (metric, parts) => {
    expect(splitWeightMetric(metric)).toEqual(parts);
  });
});
