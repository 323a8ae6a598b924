import { expect, test, vi } from "vitest";
import { revealRun } from "../../../client/src/commands/reveal-run.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const deps = (picked: boolean) => {
  const run = runListEntry({ folder: "/r1" });
  return {
    runs: async () => [run],
    pickRun: vi.fn(async () => (picked ? run : undefined)),
    reveal: vi.fn(async () => undefined),
  };
};

test.each([
  ["the run of the tree item", { folder: "/r1" }, 0],
  ["the run that is picked", undefined, 1],
])("revealRun takes %s", async (_name, target, picks) => {
  const given = deps(true);
  await revealRun.run(given, target);
  expect(given.reveal).toHaveBeenCalledExactlyOnceWith("/r1");
  expect(given.pickRun).toHaveBeenCalledTimes(picks);
});

test("revealRun does nothing after Escape", async () => {
  const given = deps(false);
  await revealRun.run(given);
  expect(given.reveal).not.toHaveBeenCalled();
});
