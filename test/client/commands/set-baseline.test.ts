import { expect, test, vi } from "vitest";
import { setBaseline } from "../../../client/src/commands/set-baseline.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

test("setBaseline takes it from the old one of the same folder, and from no other", async () => {
  const run = (folder: string, id: string, isBaseline: boolean) =>
    runListEntry({
      folder: `${folder}/${id}`,
      id,
      notes: { tags: [id], ...(isBaseline ? { baseline: true as const } : {}) },
    });
  const runs = [run("/a", "1", false), run("/a", "2", true), run("/b", "3", true)];
  const writeNotes = vi.fn(async () => undefined);
  await setBaseline.run(
    { runs: async () => runs, pickRun: async () => undefined, writeNotes },
    { folder: "/a/1" },
  );
  expect(writeNotes.mock.calls).toEqual([
    ["/a/2", { tags: ["2"] }],
    ["/a/1", { tags: ["1"], baseline: true }],
  ]);
});
