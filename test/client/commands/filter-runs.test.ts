import { expect, test, vi } from "vitest";
import { filterRuns } from "../../../client/src/commands/filter-runs.ts";
import { parseArrangement } from "../../../client/src/runs/runs-arrangement.ts";

test.each([
  ["keeps what was typed", "l1 ", [{ filter: "l" }, { filter: "l1" }]],
  ["brings the old filter back after Escape", undefined, [{ filter: "l" }, { filter: "old" }]],
])("filterRuns follows the typing and %s", async (_name, typed, filters) => {
  const arrange = vi.fn(async (_changes: object) => undefined);
  await filterRuns.run({
    arrangement: () => parseArrangement({ filter: "old" }),
    arrange,
    async askText({ value, onChange }) {
      expect(value).toBe("old");
      onChange?.("l");
      return typed;
    },
  });
  expect(arrange.mock.calls.map(([changes]) => changes)).toEqual(filters);
});
