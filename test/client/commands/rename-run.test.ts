import { expect, test, vi } from "vitest";
import { renameRun } from "../../../client/src/commands/rename-run.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const run = runListEntry({ folder: "/r1", name: "Old", notes: { name: "Old", tags: ["t"] } });

async function rename(typed: string | undefined) {
  const writeNotes = vi.fn(async () => undefined);
  await renameRun.run(
    {
      runs: async () => [run],
      pickRun: async () => undefined,
      async askText({ value }) {
        expect(value).toBe("Old");
        return typed;
      },
      writeNotes,
    },
    { folder: "/r1" },
  );
  return writeNotes.mock.calls;
}

test.each([
  ["a new name, tags kept", " New ", [["/r1", { name: "New", tags: ["t"] }]]],
  ["the experiment's name for an empty one", "", [["/r1", { tags: ["t"] }]]],
  ["no name of its own that is the experiment's", "Shapes", [["/r1", { tags: ["t"] }]]],
  ["nothing after Escape", undefined, []],
])("renameRun notes %s", async (_name, typed, calls) => {
  expect(await rename(typed)).toEqual(calls);
});
