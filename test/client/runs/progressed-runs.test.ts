import { expect, test } from "vitest";
import { progressedRuns } from "../../../client/src/runs/progressed-runs.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const done = runListEntry({ folder: "/r/done" });
const live = runListEntry({ folder: "/r/live", status: "running", step: 1 });
const further = { ...live, step: 2, latest: { "train/loss": 1 } };
const listOf = (...runs: readonly (typeof live)[]) => ({ runs, problems: [] });
const problem = { folder: "/r/bad", message: "run.json is missing" };

test.each([
  ["the run that came further", listOf(done, further), [further]],
  ["none where all is as it was", listOf(done, live), []],
  ["nothing certain where a run came", listOf(done, further, runListEntry()), undefined],
  ["nothing certain where a run went", listOf(further), undefined],
  ["nothing certain where the order changed", listOf(further, done), undefined],
  ["nothing certain where it ended", listOf(done, { ...further, status: "lost" }), undefined],
  [
    "nothing certain where notes changed",
    listOf(done, { ...live, notes: { name: "A" } }),
    undefined,
  ],
  [
    "nothing certain where an ended run changed",
    listOf({ ...done, notes: { baseline: true } }, live),
    undefined,
  ],
  [
    "nothing certain where there is a problem",
    { runs: [done, live], problems: [problem] },
    undefined,
  ],
])("progressedRuns() gives %s", (_name, after, expected) => {
  expect(progressedRuns(listOf(done, live), after)).toEqual(expected);
});
