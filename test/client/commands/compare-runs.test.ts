import { expect, test, vi } from "vitest";
import { compareRuns } from "../../../client/src/commands/compare-runs.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const RUNS = ["/r1", "/r2", "/r3"].map((folder) => runListEntry({ folder }));
const [first, second] = RUNS;

const deps = (picked: readonly (typeof RUNS)[number][] | undefined, runs = RUNS) => ({
  runs: async () => runs,
  pickRun: async () => undefined,
  pickRuns: vi.fn(async () => picked),
  compare: vi.fn(async () => undefined),
  inform: vi.fn(),
});

test("compareRuns compares what is selected, asked for nothing", async () => {
  const given = deps(undefined);
  await compareRuns.run(given, { folder: "/r1" }, [{ folder: "/r1" }, { folder: "/r3" }]);
  expect(given.compare).toHaveBeenCalledExactlyOnceWith(["/r1", "/r3"]);
  expect(given.pickRuns).not.toHaveBeenCalled();
});

test("compareRuns asks for runs without a selection, those it was called on ticked", async () => {
  const given = deps(RUNS.slice(0, 2));
  await compareRuns.run(given, { folder: "/r2" });
  expect(given.pickRuns).toHaveBeenCalledExactlyOnceWith(RUNS, expect.any(String), [second]);
  expect(given.compare).toHaveBeenCalledExactlyOnceWith(["/r1", "/r2"]);
});

test.each([
  ["Escape", undefined, RUNS, 0],
  ["one run alone", first === undefined ? [] : [first], RUNS, 1],
  ["a single run in the folder", undefined, RUNS.slice(0, 1), 1],
])("compareRuns compares nothing: %s", async (_name, picked, runs, messages) => {
  const given = deps(picked, runs);
  await compareRuns.run(given);
  expect(given.compare).not.toHaveBeenCalled();
  expect(given.inform).toHaveBeenCalledTimes(messages);
});
