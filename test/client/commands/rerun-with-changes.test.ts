import { describe, expect, test, vi } from "vitest";
import { rerunWithChanges } from "../../../client/src/commands/rerun-with-changes.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const set = ["training.seed=2", "training.epochs=9"];
const done = runListEntry({ folder: "/r1", name: "Done" }, { set });
const trial = runListEntry({ folder: "/r2" }, { parent: "sweep" });

const deps = (changes = {}) => ({
  isTrusted: () => true,
  runs: async () => [done, trial],
  pickRun: vi.fn(async () => done),
  experimentOf: async () => ({ file: "/w/a.yaml", state: "same" as const }),
  confirm: vi.fn(async () => true),
  changeValues: vi.fn(
    async (): Promise<ReadonlyMap<string, string> | undefined> =>
      new Map([["training.epochs", "3"]]),
  ),
  train: vi.fn(async () => undefined),
  inform: vi.fn(),
  ...changes,
});

describe("rerunWithChanges", () => {
  test("asks for changes to the values as they were set, and trains with both", async () => {
    const given = deps();
    await rerunWithChanges.run(given, { folder: "/r1" });
    expect(given.changeValues).toHaveBeenCalledExactlyOnceWith("Re-run Done", "/w/a.yaml", set);
    expect(given.train).toHaveBeenCalledExactlyOnceWith("/w/a.yaml", [
      "training.seed=2",
      "training.epochs=3",
    ]);
  });

  test("offers no trials", async () => {
    const given = deps();
    await rerunWithChanges.run(given);
    expect(given.pickRun).toHaveBeenCalledWith([done], expect.any(String));
  });

  test.each([
    ["an untrusted workspace", { isTrusted: () => false }, 1],
    ["no runs", { runs: async () => [trial] }, 1],
    [
      "a file that is gone",
      { experimentOf: async () => ({ file: "/w/a.yaml", state: "gone" as const }) },
      1,
    ],
    [
      "a changed file that is not wanted",
      {
        experimentOf: async () => ({ file: "/w/a.yaml", state: "changed" as const }),
        confirm: async () => false,
      },
      0,
    ],
    ["Escape", { changeValues: async () => undefined }, 0],
  ])("starts nothing in case of %s", async (_name, changes, messages) => {
    const given = deps(changes);
    await rerunWithChanges.run(given, { folder: "/r1" });
    expect(given.train).not.toHaveBeenCalled();
    expect(given.inform).toHaveBeenCalledTimes(messages);
  });
});
