import { expect, test, vi } from "vitest";
import { revealRun } from "../../../client/src/commands/reveal-run.ts";

test.each([
  ["shows the folder of the run it is called on", { folder: "/r1" }, [["/r1"]]],
  ["does nothing after Escape", undefined, []],
])("revealRun %s", async (_name, target, calls) => {
  const reveal = vi.fn(async () => undefined);
  await revealRun.run({ runs: async () => [], pickRun: async () => undefined, reveal }, target);
  expect(reveal.mock.calls).toEqual(calls);
});
