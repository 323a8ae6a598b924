import path from "node:path";
import { expect, test, vi } from "vitest";
import { openLog } from "../../../client/src/commands/open-log.ts";

test.each([
  ["opens the log of the run it is called on", { folder: "/r1" }, [[path.join("/r1", "log.txt")]]],
  ["does nothing after Escape", undefined, []],
])("openLog %s", async (_name, target, calls) => {
  const openFile = vi.fn(async () => undefined);
  await openLog.run({ runs: async () => [], pickRun: async () => undefined, openFile }, target);
  expect(openFile.mock.calls).toEqual(calls);
});
