import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { metricGoal } from "../../../core/protocol/metric-goal.ts";

test.each([
  ["validation/data_loss", "minimize"],
  ["loss", "minimize"],
  ["test/accuracy/image", "maximize"],
  ["validation/recall@5/image_to_text", "maximize"],
  ["validation/modality_gap/image_text", "minimize"],
  ["train/uniformity/text", "minimize"],
  ["validation/r2", "maximize"],
])("metricGoal() of %s is to %s", (metric, goal) => {
  expect(metricGoal(metric)).toBe(goal);
});

test.each([
  ["validation/penalty"],
  ["validation/pairs/image_text"],
  ["weights/all/zero_fraction"],
  ["train/learning_rate"],
  ["validation/toString"],
  [""],
])("metricGoal() knows no better side of %s", (metric) => {
  expect(metricGoal(metric)).toBeUndefined();
});

test("metricGoal() knows every loss that the trainer logs by its name", () => {
  const sources = path.join(import.meta.dirname, "../../../trainer/src");
  const ids = ["losses", "pair-losses"].flatMap((folder) =>
    readdirSync(path.join(sources, folder)).map((file) =>
      path.basename(file, ".ts").replaceAll("-", "_"),
    ),
  );
  expect(ids.length).toBeGreaterThan(8);
  for (const id of ids) expect([id, metricGoal(`train/${id}`)]).toEqual([id, "minimize"]);
});
