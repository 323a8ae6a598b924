import { describe, expect, test, vi } from "vitest";
import {
  chooseFolder,
  chooseRun,
  chooseRuns,
  folderOf,
} from "../../../client/src/runs/run-argument.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const [one, two] = [runListEntry({ folder: "/r1" }), runListEntry({ folder: "/r2" })];
const RUNS = [one, two];

test.each([
  [{ folder: "/r1" }, "/r1"],
  [{ folder: 1 }, undefined],
  ["/r1", undefined],
  [null, undefined],
  [undefined, undefined],
])("folderOf(%j) is %j", (argument, folder) => {
  expect(folderOf(argument)).toBe(folder);
});

describe.each([
  ["called on a run", { folder: "/r1" }, two, one, 0],
  ["called from the palette", undefined, two, two, 1],
  ["after Escape", undefined, undefined, undefined, 1],
])("a command %s", (_name, target, picked, chosen, picks) => {
  const pick = () => vi.fn(async () => picked);

  test("gets that run by chooseRun()", async () => {
    const pickRun = pick();
    expect(await chooseRun(target, RUNS, pickRun)).toBe(chosen);
    expect(pickRun).toHaveBeenCalledTimes(picks);
  });

  test("gets the run's folder by chooseFolder()", async () => {
    const pickRun = pick();
    const deps = { runs: async () => RUNS, pickRun };
    expect(await chooseFolder(target, deps, "Which?")).toBe(chosen?.folder);
    expect(pickRun).toHaveBeenCalledTimes(picks);
  });
});

test("chooseFolder() takes a run that is not listed yet, chooseRun() does not", async () => {
  const target = { folder: "/r9" };
  const pickRun = async () => one;
  expect(await chooseFolder(target, { runs: async () => RUNS, pickRun }, "Which?")).toBe("/r9");
  expect(await chooseRun(target, RUNS, pickRun)).toBeUndefined();
});

test.each([
  ["all that are selected", [{ folder: "/r2" }, { folder: "/r1" }], RUNS],
  ["the row itself where it alone is selected", [{ folder: "/r2" }], [two]],
  ["the row itself without a selection", undefined, [two]],
])("chooseRuns() takes %s", async (_name, selection, chosen) => {
  const given = { target: { folder: "/r2" }, selection };
  expect(await chooseRuns(given, RUNS, async () => undefined)).toEqual(chosen);
});
