import { expect, test } from "vitest";
import { progressText } from "../../../client/src/training/progress-text.ts";

const PROGRESS = {
  type: "progress",
  step: 60,
  steps_total: 400,
  epoch: 3,
  epochs_total: 20,
  loss: 0.41234,
  samples_per_second: 900,
  seconds_left: 51.2,
} as const;

const { loss: _, samples_per_second: __, ...SOLVING } = PROGRESS;

test.each([
  ["seconds", PROGRESS, "epoch 3/20 · loss 0.412, about 52 s"],
  ["minutes", { ...PROGRESS, seconds_left: 130 }, "epoch 3/20 · loss 0.412, about 2 min"],
  ["a solver's steps", SOLVING, "15 %, about 52 s"],
  ["no estimate yet", { ...PROGRESS, seconds_left: Infinity }, "epoch 3/20 · loss 0.412"],
])("progressText() gives the remaining time in %s", (_name, progress, text) => {
  expect(progressText(progress)).toBe(text);
});
