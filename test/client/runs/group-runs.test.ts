import { describe, expect, test } from "vitest";
import { groupRuns } from "../../../client/src/runs/group-runs.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const NOW = new Date(2026, 10, 21, 12, 0);
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();

describe("groupRuns()", () => {
  test.each([
    ["this morning", at(21, 0), "Today"],
    ["a clock ahead of ours", at(22, 9), "Today"],
    ["late yesterday", at(20, 23), "Yesterday"],
    ["the day before", at(19, 23), "Earlier"],
  ])("files a run of %s", (_name, started, group) => {
    expect(groupRuns([runListEntry({ started })], NOW).map(({ name }) => name)).toEqual([group]);
  });

  test("puts running ones first, whenever they were started", () => {
    const runs = [
      runListEntry({ started: at(21, 9) }),
      runListEntry({ status: "running", started: at(1, 9) }),
    ];
    expect(groupRuns(runs, NOW).map(({ name }) => name)).toEqual(["Running", "Today"]);
  });

  test("gives nothing for no runs", () => expect(groupRuns([], NOW)).toEqual([]));
});
