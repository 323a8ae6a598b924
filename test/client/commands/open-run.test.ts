import { describe, expect, test, vi } from "vitest";
import { openRun } from "../../../client/src/commands/open-run.ts";

describe("openRun", () => {
  test("opens the folder it is given, listed or not", async () => {
    const opened = vi.fn(async () => undefined);
    await openRun.run(
      { runs: async () => [], pickRun: async () => undefined, openRun: opened, inform: vi.fn() },
      { folder: "/elsewhere" },
    );
    expect(opened).toHaveBeenCalledWith("/elsewhere");
  });

  test("says how to get a first run", async () => {
    const inform = vi.fn();
    await openRun.run({
      runs: async () => [],
      pickRun: async () => undefined,
      openRun: () => expect.unreachable(),
      inform,
    });
    expect(inform.mock.calls[0]?.[0]).toContain("Start Training");
  });
});
