import { describe, expect, test, vi } from "vitest";
import { openRun } from "../../../client/src/commands/open-run.ts";
import { startTraining } from "../../../client/src/commands/start-training.ts";
import { stopRun } from "../../../client/src/commands/stop-run.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const running = runListEntry({ status: "running", folder: "/r1" });
const other = runListEntry({ status: "running", folder: "/r2" });
const ended = runListEntry({ folder: "/r3" });

describe("startTraining", () => {
  const deps = (changes = {}) => ({
    isTrusted: () => true,
    findExperiments: async () => ["/w/a.normlens.yaml", "/w/b.normlens.yaml"],
    pickExperiment: async (paths: readonly string[]) => paths[1],
    train: vi.fn(async () => undefined),
    inform: vi.fn(),
    ...changes,
  });

  test("trains what was picked", async () => {
    const given = deps();
    await startTraining.run(given);
    expect(given.train).toHaveBeenCalledWith("/w/b.normlens.yaml");
  });

  test("trains the file that the menu was opened on without asking", async () => {
    const given = deps({ pickExperiment: () => expect.unreachable() });
    await startTraining.run(given, { fsPath: "/w/c.normlens.yaml" });
    expect(given.train).toHaveBeenCalledWith("/w/c.normlens.yaml");
  });

  test.each([
    ["an untrusted workspace", { isTrusted: () => false }, 1],
    ["a workspace without experiments", { findExperiments: async () => [] }, 1],
    ["Escape", { pickExperiment: async () => undefined }, 0],
  ])("starts nothing in case of %s", async (_name, changes, messages) => {
    const given = deps(changes);
    await startTraining.run(given);
    expect(given.train).not.toHaveBeenCalled();
    expect(given.inform).toHaveBeenCalledTimes(messages);
  });
});

describe("stopRun", () => {
  const deps = (runs: readonly ReturnType<typeof runListEntry>[]) => ({
    runs: async () => runs,
    pickRun: vi.fn(async () => other),
    stop: vi.fn(async () => undefined),
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
});

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
