import { describe, expect, test, vi } from "vitest";
import { rerun } from "../../../client/src/commands/rerun.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const done = runListEntry({ folder: "/r1" }, { set: ["training.seed=2"] });
const trial = runListEntry({ folder: "/r2" }, { parent: "sweep" });
const running = runListEntry({ folder: "/r3", status: "running" });

const deps = (changes = {}) => ({
  isTrusted: () => true,
  runs: async () => [done, trial, running],
  pickRun: vi.fn(async () => done),
  experimentOf: async () => ({ file: "/w/a.yaml", state: "same" as const }),
  confirm: vi.fn(async () => true),
  train: vi.fn(async () => undefined),
  inform: vi.fn(),
  ...changes,
});

describe("rerun", () => {
  test("trains the same file with the same values, asked for neither", async () => {
    const given = deps();
    await rerun.run(given, { folder: "/r1" });
    expect(given.train).toHaveBeenCalledExactlyOnceWith("/w/a.yaml", ["training.seed=2"]);
    expect(given.confirm).not.toHaveBeenCalled();
  });

  test("offers neither trials nor what is in progress", async () => {
    const given = deps();
    await rerun.run(given);
    expect(given.pickRun).toHaveBeenCalledWith([done], expect.any(String));
  });

  test.each([
    [true, 1],
    [false, 0],
  ])("asks first where the file has changed: %s", async (answer, times) => {
    const confirm = vi.fn(async () => answer);
    const experimentOf = async () => ({ file: "/w/a.yaml", state: "changed" as const });
    const given = deps({ experimentOf, confirm });
    await rerun.run(given, { folder: "/r1" });
    expect(confirm.mock.calls.length).toBe(1);
    expect(given.train).toHaveBeenCalledTimes(times);
  });

  test.each([
    ["an untrusted workspace", { isTrusted: () => false }, "trusted"],
    ["no ended run", { runs: async () => [running] }, "nothing to run again"],
    [
      "a file that is gone",
      { experimentOf: async () => ({ file: "/w/a.yaml", state: "gone" as const }) },
      "/w/a.yaml is gone",
    ],
  ])("starts nothing in case of %s", async (_name, changes, message) => {
    const given = deps(changes);
    await rerun.run(given);
    expect(given.train).not.toHaveBeenCalled();
    expect(given.inform.mock.calls[0]?.[0]).toContain(message);
  });
});
