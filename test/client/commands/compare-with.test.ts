import { expect, test, vi } from "vitest";
import { compareWith } from "../../../client/src/commands/compare-with.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const other = runListEntry({ folder: "/r1" }, { spec: "b.normlens.yaml" });
const run = runListEntry({ folder: "/r2" });
const related = runListEntry({ folder: "/r3" });

const deps = (picked: readonly (typeof run)[] | undefined, runs = [other, run, related]) => ({
  runs: async () => runs,
  pickRun: async () => undefined,
  pickRuns: vi.fn(async () => picked),
  compare: vi.fn(async () => undefined),
  inform: vi.fn(),
});

test("compareWith offers the other runs, those of its experiment first", async () => {
  const given = deps([related, other]);
  await compareWith.run(given, { folder: "/r2" });
  expect(given.pickRuns).toHaveBeenCalledWith([related, other], "Compare “Shapes” with", []);
  expect(given.compare).toHaveBeenCalledExactlyOnceWith(["/r2", "/r3", "/r1"]);
});

test.each([
  ["Escape", undefined, [other, run], 0],
  ["nothing picked", [], [other, run], 0],
  ["no other run", undefined, [run], 1],
])("compareWith compares nothing: %s", async (_name, picked, runs, messages) => {
  const given = deps(picked, runs);
  await compareWith.run(given, { folder: "/r2" });
  expect(given.compare).not.toHaveBeenCalled();
  expect(given.inform).toHaveBeenCalledTimes(messages);
});
