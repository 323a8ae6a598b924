import { describe, expect, test } from "vitest";
import { parseArrangement } from "../../../client/src/runs/runs-arrangement.ts";
import { createRunsModel } from "../../../client/src/runs/runs-model.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const NOW = new Date(2026, 10, 21, 12, 0);
const run = (folder: string, changes: Partial<RunListEntry> = {}, parent?: string) =>
  runListEntry({ folder: `/r/${folder}`, id: folder, ...changes }, parent ? { parent } : {});
const listOf = (...runs: readonly RunListEntry[]) => ({ runs, problems: [] });

const live = run("live", { status: "running", step: 1 });
const sweep = run("sweep");
const trial = run("trial", { latest: { "validation/loss": 2 } }, "sweep");

function model(arrangement = {}) {
  const made = createRunsModel(parseArrangement(arrangement));
  made.show(listOf(live, trial, sweep), NOW);
  return made;
}

describe("createRunsModel", () => {
  test("has a row of each run, trials under their sweep", () => {
    const made = model();
    expect(made.groups().map(({ name, rows }) => [name, rows.length])).toEqual([
      ["Running", 1],
      ["Today", 1],
    ]);
    expect(made.row("/r/sweep")?.trials).toEqual([trial]);
    expect(made.row("/r/trial")).toEqual({ run: trial, trials: [] });
    const named = { ...trial, name: "Shapes, trial 3" };
    made.show(listOf(live, named, sweep), NOW);
    expect(made.row("/r/trial")).toEqual({ run: named, trials: [], label: "trial 3" });
    expect(made.row("/r/none")).toBeUndefined();
    expect(made.counts()).toEqual({ found: 3, all: 3 });
  });

  test.each([
    ["nothing where nothing has changed", [live, trial, sweep], []],
    ["the row of a run that came further", [{ ...live, step: 2 }, trial, sweep], ["/r/live"]],
    ["a trial's row", [live, { ...trial, name: "other" }, sweep], ["/r/trial"]],
    ["all when a run comes", [run("new"), live, trial, sweep], "all"],
    ["all when a run goes", [live, sweep], "all"],
    [
      "all when a run moves to another group",
      [{ ...live, status: "lost" as const }, trial, sweep],
      "all",
    ],
    ["all when the order changes", [sweep, live, run("b"), trial], "all"],
  ])("redraws %s", (_name, runs, redraw) => {
    expect(model().show(listOf(...runs), NOW)).toEqual(redraw);
  });

  test("redraws all for another day and for another problem", () => {
    const made = model();
    expect(made.show(listOf(live, trial, sweep), new Date(2026, 10, 23))).toBe("all");
    const problem = { folder: "/r/bad", message: "run.json is missing" };
    expect(made.show({ runs: [live, trial, sweep], problems: [problem] }, NOW)).toBe("all");
    expect(made.problems()).toEqual([problem]);
  });

  test("a run that came further has its new row, and moves where runs are sorted by metrics", () => {
    const made = model({ sort: "validation", group: "none" });
    const better = { ...live, latest: { "validation/loss": 1 } };
    made.show(listOf(sweep, trial, live), NOW);
    expect(made.show(listOf(sweep, trial, better), NOW)).toBe("all");
    const plain = model();
    const further = { ...live, step: 9 };
    expect(plain.show(listOf(further, trial, sweep), NOW)).toEqual(["/r/live"]);
    expect(plain.row("/r/live")?.run.step).toBe(9);
    plain.arrange(parseArrangement({ group: "none" }), NOW);
    expect(plain.row("/r/live")?.run.step).toBe(9);
  });

  test("redraws the row that lost the star and the one that got it", () => {
    const made = createRunsModel(parseArrangement({}));
    const [a, b] = [
      run("a", { latest: { "validation/loss": 1.5 } }),
      run("b", { status: "finished" }),
    ];
    made.show(listOf(a, b, trial), NOW);
    expect(made.isBest("/r/a")).toBe(true);
    const better = { ...b, latest: { "validation/loss": 1 } };
    expect(made.show(listOf(a, better, trial), NOW)).toEqual(["/r/a", "/r/b"]);
    expect(made.isBest("/r/b")).toBe(true);
  });

  test("a change that moves no row redraws that row alone, whatever it is sorted by", () => {
    const made = model({ sort: "name", group: "none" });
    const renamed = { ...live, latest: { "validation/loss": 3 } };
    expect(made.show(listOf(renamed, trial, sweep), NOW)).toEqual(["/r/live"]);
    made.arrange(parseArrangement({ filter: "nothing like it" }), NOW);
    expect(made.counts()).toEqual({ found: 0, all: 3 });
  });
});
