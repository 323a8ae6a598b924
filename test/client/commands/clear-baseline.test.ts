import { expect, test, vi } from "vitest";
import { clearBaseline } from "../../../client/src/commands/clear-baseline.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

test.each([
  [
    "the only one, without asking",
    { baseline: true as const, name: "N" },
    [["/r", { name: "N" }]],
    0,
  ],
  ["none, and says so", {}, [], 1],
])("clearBaseline clears %s", async (_name, notes, calls, messages) => {
  const writeNotes = vi.fn(async () => undefined);
  const inform = vi.fn();
  await clearBaseline.run({
    runs: async () => [runListEntry({ folder: "/r", notes }), runListEntry()],
    pickRun: () => expect.unreachable(),
    writeNotes,
    inform,
  });
  expect(writeNotes.mock.calls).toEqual(calls);
  expect(inform).toHaveBeenCalledTimes(messages);
});
