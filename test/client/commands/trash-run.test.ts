import { describe, expect, test, vi } from "vitest";
import { trashRun } from "../../../client/src/commands/trash-run.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const run = (id: string, changes: Partial<RunListEntry> = {}, parent?: string) =>
  runListEntry({ id, folder: `/r/${id}`, ...changes }, parent === undefined ? {} : { parent });
const RUNS = [
  run("one"),
  run("two"),
  run("sweep"),
  run("trial", {}, "sweep"),
  run("live", { status: "running" }),
];

const deps = (isUndone: boolean) => ({
  runs: async () => RUNS,
  pickRun: async () => undefined,
  trash: vi.fn(async (folders: readonly string[]) =>
    folders.map((from) => ({ from, to: `${from}!` })),
  ),
  offer: vi.fn(async () => isUndone),
  restore: vi.fn(async () => undefined),
  inform: vi.fn(),
});

describe("trashRun", () => {
  test.each([
    ["the run that it is called on", { folder: "/r/one" }, undefined, ["/r/one"]],
    [
      "all that are selected",
      { folder: "/r/one" },
      [{ folder: "/r/one" }, { folder: "/r/two" }, { kind: "group" }],
      ["/r/one", "/r/two"],
    ],
    ["a sweep with its trials", { folder: "/r/sweep" }, undefined, ["/r/sweep", "/r/trial"]],
  ])("moves %s", async (_name, target, selection, folders) => {
    const given = deps(false);
    await trashRun.run(given, target, selection);
    expect(given.trash).toHaveBeenCalledExactlyOnceWith(folders);
    expect(given.restore).not.toHaveBeenCalled();
  });

  test("brings back exactly what was moved", async () => {
    const given = deps(true);
    await trashRun.run(given, { folder: "/r/one" });
    expect(given.restore).toHaveBeenCalledExactlyOnceWith([{ from: "/r/one", to: "/r/one!" }]);
  });

  test.each([
    ["a run in progress, and says so", { folder: "/r/live" }, 1],
    ["nothing after Escape", undefined, 0],
  ])("does not move %s", async (_name, target, messages) => {
    const given = deps(false);
    await trashRun.run(given, target);
    expect(given.trash).not.toHaveBeenCalled();
    expect(given.inform).toHaveBeenCalledTimes(messages);
  });
});
