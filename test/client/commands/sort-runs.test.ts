import { expect, test, vi } from "vitest";
import { sortRuns } from "../../../client/src/commands/sort-runs.ts";
import { parseArrangement } from "../../../client/src/runs/runs-arrangement.ts";

test.each([
  ["Best Validation Metric", [[{ sort: "validation" }]]],
  [undefined, []],
])("sortRuns sorts by %s", async (picked, calls) => {
  const pickOption = vi.fn(async () => picked);
  const arrange = vi.fn(async () => undefined);
  await sortRuns.run({ arrangement: () => parseArrangement({}), arrange, pickOption });
  expect(arrange.mock.calls).toEqual(calls);
  expect(pickOption).toHaveBeenCalledWith(
    "Sort Runs By",
    ["Newest", "Best Validation Metric", "λ", "Share of Zeros", "Name"],
    "Newest",
  );
});
