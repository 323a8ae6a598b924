import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runSummary } from "../../../cli/src/train/run-summary.ts";
import type { LambdaSelection, RunRecord } from "../../../core/protocol/run-files.ts";

const RECORD: RunRecord = {
  format: 1,
  id: "20260101-000000-line",
  name: "Line",
  status: "finished",
  pid: 1,
  host: "here",
  started: "2026-01-01T00:00:00.000Z",
  ended: "2026-01-01T00:00:02.000Z",
  spec: "line.normlens.yaml",
  spec_hash: "0",
  seed: 0,
  backend: "solver",
  device: "CPU",
  backend_reason: "convex",
  versions: {},
  steps_total: 2,
  epochs_total: 1,
  samples: { train: 10, test: 2 },
  classes: [],
  modalities: ["features"],
  objective: "mean half_mse + λ·l1, λ by best",
  findings: [],
  final: { "test/rmse": 1.25, "test/r2": 0.875, "train/rmse": 1 },
};

function summaryOf(
  selection: LambdaSelection | undefined,
  change: Partial<RunRecord> = {},
): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), "normlens-summary-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const record = { ...RECORD, ...change, ...(selection === undefined ? {} : { selection }) };
  mkdirSync(path.join(folder, "weights"));
  writeFileSync(path.join(folder, "run.json"), JSON.stringify(record));
  writeFileSync(path.join(folder, "weights/layers.jsonl"), "");
  return runSummary(folder, folder).split("\n").slice(1, -2);
}

const PATH = [
  { lambda: 2, mean: 9, se: 1, non_zeros: 0 },
  { lambda: 0.12345678, mean: 4, se: 0.5, non_zeros: 3 },
];

test.each<[string, LambdaSelection | undefined, string[]]>([
  [
    "a path",
    { lambda: 0.12345678, rule: "best", path: PATH },
    [
      "λ = 0.123457 by best, from 2 λ between 2 and 0.123457",
      "  held-out error 4 ± 0.5, 3 weights that are not zero",
    ],
  ],
  [
    "no standard error",
    { lambda: 2, rule: "best", path: PATH.map((point) => ({ ...point, se: 0 })) },
    [
      "λ = 2 by best, from 2 λ between 2 and 0.123457",
      "  held-out error 9, 0 weights that are not zero",
    ],
  ],
  ["evidence", { lambda: 3, rule: "evidence", path: [] }, ["λ = 3 by evidence"]],
  [
    "groups",
    { lambda: 3, rule: "evidence", groups: { image: 3, text: 0.5 }, path: [] },
    ["λ by evidence, for each group of features:", "  image  3", "  text  0.5"],
  ],
  ["nothing chosen", undefined, []],
])("runSummary() tells of %s", (_name, selection, lines) => {
  expect(summaryOf(selection)).toEqual([...lines, "  test rmse 1.25   r2 0.875"]);
});

test("tells recall beside chance where there is no accuracy", () => {
  const final = { "test/recall@1/a_to_b": 0.25, "test/pairs/a_b": 50 };
  expect(summaryOf(undefined, { modalities: ["a", "b"], final })).toEqual([
    "  test recall@1 a → b   25.0 %   chance 2.0 %",
  ]);
});
