import path from "node:path";
import { expect, test, vi } from "vitest";
import { openSpec } from "../../../client/src/commands/open-spec.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const deps = (picked: boolean) => {
  const run = runListEntry({ folder: "/r1" });
  return {
    runs: async () => [run],
    pickRun: vi.fn(async () => (picked ? run : undefined)),
    openFile: vi.fn(async () => undefined),
  };
};

test.each([
  ["the run of the tree item", { folder: "/r1" }, 0],
  ["the run that is picked", undefined, 1],
])("openSpec takes %s", async (_name, target, picks) => {
  const given = deps(true);
  await openSpec.run(given, target);
  expect(given.openFile).toHaveBeenCalledExactlyOnceWith(path.join("/r1", "spec.yaml"));
  expect(given.pickRun).toHaveBeenCalledTimes(picks);
});

test("openSpec does nothing after Escape", async () => {
  const given = deps(false);
  await openSpec.run(given);
  expect(given.openFile).not.toHaveBeenCalled();
});
