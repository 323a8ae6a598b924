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

test("metricPoints() packs all arrays of a message into one buffer", () => {
  const values = Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [`m${index}`, index]),
  );
  const points = metricPoints([{ step: 1, epoch: 0, time: 10, values }]);
  const buffers = points.flatMap(({ steps, epochs, times, values: measured }) =>
    [steps, epochs, times, measured].map(({ buffer }) => buffer),
  );
  expect(buffers).toHaveLength(1200);
  expect(new Set(buffers).size).toBe(1);
  expect(points[299]?.values).toEqual(Float64Array.of(299));
});
