import { describe, expect, test } from "vitest";
import {
  compareByValidation,
  validationMetric,
} from "../../../client/src/runs/validation-metric.ts";
import type { SweepRecord } from "../../../core/protocol/run-files.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const SWEEP: SweepRecord = {
  metric: "validation/accuracy",
  goal: "maximize",
  rungs: [1],
  trials: [
    { number: 1, run: "a", set: [], epochs: 1, value: 0.5, status: "finished" },
    { number: 2, run: "b", set: [], epochs: 1, value: 0.9, status: "finished" },
  ],
  best: 2,
};

describe("validationMetric()", () => {
  test.each([
    [
      "the data loss before the loss",
      runListEntry({ latest: { "validation/loss": 2, "validation/data_loss": 1 } }),
      { name: "data_loss", value: 1, goal: "minimize" },
    ],
    [
      "the final value of a run that has ended",
      runListEntry({}, { final: { "validation/accuracy": 0.8 } }),
      { name: "accuracy", value: 0.8, goal: "maximize" },
    ],
    ["nothing that is not finite", runListEntry({ latest: { "validation/loss": Number.NaN } })],
    [
      "a sweep's best trial",
      runListEntry({}, { sweep: SWEEP }),
      { name: "accuracy", value: 0.9, goal: "maximize" },
    ],
    ["nothing of training", runListEntry({ latest: { "train/loss": 1 } })],
  ])("takes %s", (_name, run, metric?) => expect(validationMetric(run)).toEqual(metric));
});

test("compareByValidation() puts low losses, then high accuracies, then the rest", () => {
  const of = (id: string, latest: Readonly<Record<string, number>>) => runListEntry({ id, latest });
  const runs = [
    of("none", {}),
    of("accuracy 0.8", { "validation/accuracy": 0.8 }),
    of("loss 2", { "validation/data_loss": 2 }),
    of("accuracy 0.9", { "validation/accuracy": 0.9 }),
    of("loss 1", { "validation/data_loss": 1 }),
  ];
  expect(runs.toSorted(compareByValidation).map(({ id }) => id)).toEqual([
    "loss 1",
    "loss 2",
    "accuracy 0.9",
    "accuracy 0.8",
    "none",
  ]);
});
