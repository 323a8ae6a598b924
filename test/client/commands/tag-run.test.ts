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

test("tagRun changes what selected runs share and leaves their other tags", async () => {
  const runs = [
    runListEntry({ folder: "/r1", notes: { tags: ["shared", "own"] } }),
    runListEntry({ folder: "/r2", notes: { tags: ["new", "shared"] } }),
    runListEntry({ folder: "/r3", notes: { tags: ["shared"] } }),
  ];
  const writeNotes = vi.fn(async () => undefined);
  const askText = vi.fn(async () => "new");
  const deps = { runs: async () => runs, pickRun: async () => undefined, askText, writeNotes };
  await tagRun.run(deps, { folder: "/r1" }, [{ folder: "/r1" }, { folder: "/r2" }]);
  expect(askText).toHaveBeenCalledWith(
    expect.objectContaining({ title: "Tags that 2 Runs Share", value: "shared" }),
  );
  expect(writeNotes.mock.calls).toEqual([
    ["/r1", { tags: ["own", "new"] }],
    ["/r2", { tags: ["new"] }],
  ]);
});
