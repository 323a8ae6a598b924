import { describe, expect, test, vi } from "vitest";
import { stopRun } from "../../../client/src/commands/stop-run.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const running = runListEntry({ status: "running", folder: "/r1" });
const other = runListEntry({ status: "running", folder: "/r2" });
const ended = runListEntry({ folder: "/r3" });

describe("stopRun", () => {
  const deps = (runs: readonly ReturnType<typeof runListEntry>[]) => ({
    runs: async () => runs,
    pickRun: vi.fn(async () => other),
    stop: vi.fn(async () => undefined),
    stopPreparation: vi.fn(() => false),
    inform: vi.fn(),
  });

  test.each([
    ["the only running one without asking", [ended, running], undefined, running, 0],
    ["the picked one of several", [running, other], undefined, other, 1],
    ["the one of the tree item", [running, other], { folder: "/r1" }, running, 0],
  ])("stops %s", async (_name, runs, target, stopped, asked) => {
    const given = deps(runs);
    await stopRun.run(given, target);
    expect(given.stop).toHaveBeenCalledWith(stopped);
    expect(given.pickRun).toHaveBeenCalledTimes(asked);
  });

  test("leaves an ended run alone", async () => {
    const given = deps([ended, running]);
    await stopRun.run(given, { folder: "/r3" });
    expect(given.stop).not.toHaveBeenCalled();
  });

  test("stops what is still being prepared before it asks about runs", async () => {
    const given = { ...deps([running]), stopPreparation: () => true };
    await stopRun.run(given);
    expect(given.stop).not.toHaveBeenCalled();
  });
});
