import { describe, expect, test } from "vitest";
import {
  csvText,
  markdownText,
  resultsTable,
  runsTable,
} from "../../../client/src/runs/runs-table.ts";
import type { RunRecord } from "../../../core/protocol/run-files.ts";
import { runDetail, runListEntry } from "../../support/run-list-entry.ts";

const detailed = (name: string, record: Partial<RunRecord>) => ({
  run: runListEntry({ id: name, name }, record),
  detail: runDetail({}, record),
});
const RUNS = [
  detailed("one", {
    ended: "2026-11-21T10:16:12.500Z",
    penalties: [{ norm: "l1", lambda: 1e-4 }],
    set: ["penalty.0.lambda=1e-4", "training.epochs=5"],
    final: { "train/loss": 1, "validation/accuracy": 0.98765, "weights/all/zero_fraction": 0.5 },
  }),
  detailed("two | b", {
    selection: { lambda: 0.3, rule: "one_se", path: [] },
    final: { "validation/accuracy": "NaN" },
  }),
];

describe("runsTable()", () => {
  test("has a column for each penalty, setting and metric of any run", () => {
    const { head, rows } = runsTable(RUNS);
    const cells = rows.map((row) => Object.fromEntries(row.map((cell, at) => [head[at], cell])));
    expect(cells).toMatchObject([
      {
        run: "one",
        seconds: 72.5,
        seed: 7,
        lambda: "",
        "penalty.0.lambda": 1e-4,
        "training.epochs": "5",
        "train/loss": 1,
      },
      { lambda: 0.3, "penalty.0.lambda": "", seconds: "", "train/loss": "", "training.epochs": "" },
    ]);
    expect(cells[1]?.["validation/accuracy"]).toBeNaN();
    expect(head.filter((name) => name === "penalty.0.lambda")).toHaveLength(1);
  });

  test("as CSV has a line for each run", () => {
    const lines = csvText(runsTable(RUNS)).split("\r\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^run,name,status,started,seconds,experiment,seed,backend,lambda,/);
    expect(lines[2]).toContain(",0.3,");
  });
});

test("resultsTable() as Markdown has what a report tells, rounded, numbers to the right", () => {
  expect(markdownText(resultsTable(RUNS))).toBe(
    [
      "| run | lambda | penalty.0.lambda | training.epochs | validation/accuracy | weights/all/zero_fraction |",
      "| --- | --: | --: | --- | --: | --: |",
      "| one |  | 0.0001 | 5 | 0.9877 | 0.5 |",
      "| two \\| b | 0.3 |  |  | NaN |  |",
      "",
    ].join("\n"),
  );
});
