import { expect, test, vi } from "vitest";
import { tagRun } from "../../../client/src/commands/tag-run.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

test.each([
  ["#paper l1", [["/r1", { name: "N", tags: ["paper", "l1"] }]]],
  ["", [["/r1", { name: "N" }]]],
  [undefined, []],
])("tagRun notes the tags of %j", async (typed, calls) => {
  const run = runListEntry({ folder: "/r1", notes: { name: "N", tags: ["old"] } });
  const writeNotes = vi.fn(async () => undefined);
  const askText = vi.fn(async () => typed);
  await tagRun.run({ runs: async () => [run], pickRun: async () => run, askText, writeNotes });
  expect(askText).toHaveBeenCalledWith(expect.objectContaining({ value: "old" }));
  expect(writeNotes.mock.calls).toEqual(calls);
});
