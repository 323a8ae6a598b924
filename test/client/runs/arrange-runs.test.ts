import { describe, expect, test } from "vitest";
import { arrangeRuns, countRuns } from "../../../client/src/runs/arrange-runs.ts";
import { parseArrangement } from "../../../client/src/runs/runs-arrangement.ts";
import type { RunRecord } from "../../../core/protocol/run-files.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const NOW = new Date(2026, 10, 21, 12, 0);
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
const run = (
  name: string,
  changes: Partial<RunListEntry> = {},
  record: Partial<RunRecord> = {},
): RunListEntry => runListEntry(changes, { id: name, name, started: at(21, 9), ...record });

/** Groups as `Name: run, run`, trials in brackets. */
const told = (runs: readonly RunListEntry[], arrangement: object) =>
  arrangeRuns(runs, parseArrangement(arrangement), NOW).map(({ name, rows }) => {
    const texts = rows.map((row) =>
      row.trials.length === 0
        ? row.run.name
        : `${row.run.name} [${row.trials.map((trial) => trial.name).join(" ")}]`,
    );
    return `${name}: ${texts.join(", ")}`;
  });

describe("grouped by date", () => {
  test.each([
    ["this morning", at(21, 9), "Today: a"],
    ["a clock ahead of ours", at(22, 9), "Today: a"],
    ["late yesterday", at(20, 23), "Yesterday: a"],
    ["a week ago", at(14, 1), "Last 7 Days: a"],
    ["eight days ago", at(13, 23), "Earlier: a"],
  ])("a run of %s", (_name, started, group) => {
    expect(told([run("a", { started })], {})).toEqual([group]);
  });

  test("running ones come first, whenever they were started", () => {
    const runs = [run("a"), run("b", { status: "running", started: at(1, 9) })];
    expect(told(runs, {})).toEqual(["Running: b", "Today: a"]);
  });
});

const SWEEP = [
  run("trial 2", { latest: { "validation/data_loss": 0.2 } }, { parent: "sweep" }),
  run("trial 10", { latest: { "validation/data_loss": 0.1 } }, { parent: "sweep" }),
  run("sweep", { status: "failed" }),
  run("single", { latest: { "validation/data_loss": 0.15 } }, { spec: "b.normlens.yaml" }),
  run("orphan", {}, { parent: "gone" }),
];

describe("arrangeRuns()", () => {
  test.each([
    ["date", ["Today: sweep [trial 2 trial 10], single, orphan"]],
    ["status", ["Finished: trial 2, trial 10, single, orphan", "Failed: sweep"]],
    [
      "experiment",
      ["b.normlens.yaml: single", "shapes.normlens.yaml: sweep [trial 2 trial 10], orphan"],
    ],
    ["sweep", [": sweep [trial 2 trial 10]", "Not in a Sweep: single, orphan"]],
    ["none", [": sweep [trial 2 trial 10], single, orphan"]],
  ])("groups by %s", (group, groups) => expect(told(SWEEP, { group })).toEqual(groups));

  test.each([
    ["newest", [": sweep [trial 2 trial 10], single, orphan"]],
    ["validation", [": single, sweep [trial 10 trial 2], orphan"]],
    ["name", [": orphan, single, sweep [trial 2 trial 10]"]],
  ])("sorts by %s", (sort, groups) => expect(told(SWEEP, { sort, group: "none" })).toEqual(groups));

  test("sorts by λ, weakest first, and by the share of zeros, most first; the rest comes last", () => {
    const of = (name: string, lambda: number, zeros: number) =>
      run(
        name,
        { latest: { "weights/all/zero_fraction": zeros } },
        { penalties: [{ norm: "l1", lambda }] },
      );
    const runs = [run("none"), of("a", 1e-3, 0), of("b", 1e-5, 0.25), of("c", 0, 0.5)];
    expect(told(runs, { sort: "lambda", group: "none" })).toEqual([": c, b, a, none"]);
    expect(told(runs, { sort: "zeros", group: "none" })).toEqual([": c, b, a, none"]);
  });

  test.each([
    ["one trial, under its sweep", "trial 10", [": sweep [trial 10]"]],
    ["a sweep with all its trials", "sweep failed", [": sweep [trial 2 trial 10]"]],
    ["case and order do not matter", "B.NORM single", [": single"]],
    ["nothing", "single failed", []],
  ])("filters: %s", (_name, filter, groups) =>
    expect(told(SWEEP, { filter, group: "none" })).toEqual(groups),
  );

  test("finds tags by their sign and the baseline by its name", () => {
    const runs = [
      run("a", { notes: { tags: ["paper"] } }),
      run("b", { notes: { baseline: true } }),
    ];
    expect(told(runs, { filter: "#paper", group: "none" })).toEqual([": a"]);
    expect(told(runs, { filter: "baseline", group: "none" })).toEqual([": b"]);
  });

  test("does not take runs of another folder for trials", () => {
    const sweep = run("sweep", { folder: "/other/.normlens/runs/sweep" });
    const trial = run("trial", {}, { parent: "sweep" });
    expect(told([trial, sweep], { group: "none" })).toEqual([": trial, sweep"]);
  });

  test("counts trials as runs", () => {
    expect(countRuns(arrangeRuns(SWEEP, parseArrangement({}), NOW))).toBe(5);
    expect(arrangeRuns([], parseArrangement({}), NOW)).toEqual([]);
  });
});

test.each([
  [undefined, { group: "date", sort: "newest", filter: "" }],
  [null, { group: "date", sort: "newest", filter: "" }],
  [
    { group: "colour", sort: "name", filter: 3 },
    { group: "date", sort: "name", filter: "" },
  ],
])("parseArrangement(%j) takes what it knows", (stored, arrangement) => {
  expect(parseArrangement(stored)).toEqual(arrangement);
});
