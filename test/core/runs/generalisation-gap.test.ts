import { describe, expect, test } from "vitest";
import { generalisationGap } from "../../../core/runs/generalisation-gap.ts";
import { createMetricColumns } from "../../../core/runs/metric-columns.ts";

function columnsOf(metrics: Readonly<Record<string, readonly (readonly [number, number])[]>>) {
  const columns = createMetricColumns();
  const steps = [...new Set(Object.values(metrics).flatMap((all) => all.map(([step]) => step)))];
  for (const step of steps.sort((a, b) => a - b)) {
    const here = Object.entries(metrics).flatMap(([name, all]) =>
      all.flatMap(([at, value]) => (at === step ? [[name, value] as const] : [])),
    );
    columns.add({ step, epoch: 0, time: step, values: Object.fromEntries(here) });
  }
  return columns;
}

const gapOf = (columns: ReturnType<typeof columnsOf>, smoothing = 0) => {
  const gap = generalisationGap(columns, smoothing);
  return gap && [gap.name, ...gap.values];
};

describe("generalisationGap()", () => {
  test("takes the training loss nearest to each validation, data losses where both are there", () => {
    const columns = columnsOf({
      "train/data_loss": [
        [0, 3],
        [9, 2],
        [20, 1],
      ],
      "train/loss": [[0, 9]],
      "validation/data_loss": [
        [10, 2.5],
        [20, 1.25],
      ],
      "validation/loss": [[10, 9]],
    });
    expect(gapOf(columns)).toEqual(["gap/data_loss", 0.5, 0.25]);
  });

  test("takes the losses where no data loss was split off", () => {
    const columns = columnsOf({ "train/loss": [[0, 1]], "validation/loss": [[0, 4]] });
    expect(gapOf(columns)).toEqual(["gap/loss", 3]);
  });

  test("compares with the moving average over all training steps", () => {
    const train = Array.from({ length: 50 }, (_, step) => [step, step % 2] as const);
    const columns = columnsOf({ "train/loss": train, "validation/loss": [[49, 2]] });
    let [sum, weight] = [0, 0];
    for (const [, value] of train) [sum, weight] = [sum * 0.6 + value, weight * 0.6 + 1];
    expect(gapOf(columns, 0.6)?.[1]).toBeCloseTo(2 - sum / weight, 12);
  });

  test("is absent without validation", () => {
    expect(gapOf(columnsOf({ "train/loss": [[0, 1]] }))).toBeUndefined();
  });
});
