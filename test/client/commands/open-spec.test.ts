import path from "node:path";
import { expect, test, vi } from "vitest";
import { openSpec } from "../../../client/src/commands/open-spec.ts";

test.each([
  [
    "opens the run's own copy of its experiment",
    { folder: "/r1" },
    [[path.join("/r1", "spec.yaml")]],
  ],
  ["does nothing after Escape", undefined, []],
])("openSpec %s", async (_name, target, calls) => {
  const openFile = vi.fn(async () => undefined);
  await openSpec.run({ runs: async () => [], pickRun: async () => undefined, openFile }, target);
  expect(openFile.mock.calls).toEqual(calls);
});
