import { expect, test } from "vitest";
import { metricPoints } from "../../../core/runs/metric-points.ts";

test("metricPoints() makes one series per metric, each with its own steps", () => {
  expect(
    metricPoints([
      { step: 1, epoch: 0, time: 10, values: { loss: 3 } },
      { step: 2, epoch: 1, time: 11, values: { loss: "NaN", accuracy: 0.5 } },
    ]),
  ).toEqual([
    {
      name: "loss",
      steps: Float64Array.of(1, 2),
      epochs: Float64Array.of(0, 1),
      times: Float64Array.of(10, 11),
      values: Float64Array.of(3, Number.NaN),
    },
    {
      name: "accuracy",
      steps: Float64Array.of(2),
      epochs: Float64Array.of(1),
      times: Float64Array.of(11),
      values: Float64Array.of(0.5),
    },
  ]);
});
