import { describe, expect, test, vi } from "vitest";
import { resumeRun } from "../../../client/src/commands/resume-run.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const cancelled = runListEntry({ status: "cancelled", folder: "/r1" });
const lost = runListEntry({ status: "lost", folder: "/r2" });
const finished = runListEntry({ status: "finished", folder: "/r3" });

describe("resumeRun", () => {
  const deps = (changes = {}) => ({
    isTrusted: () => true,
    runs: async () => [cancelled, lost, finished],
    pickRun: vi.fn(async (runs: readonly unknown[]) => (runs.length === 2 ? lost : undefined)),
    resume: vi.fn(async () => undefined),
    inform: vi.fn(),
    ...changes,
  });

  test("offers the runs that ended too early, and goes on with the picked one", async () => {
    const given = deps();
    await resumeRun.run(given);
    expect(given.resume).toHaveBeenCalledWith(lost);
  });

  test("goes on with the run of the tree item without asking", async () => {
    const given = deps();
    await resumeRun.run(given, { folder: "/r1" });
    expect(given.resume).toHaveBeenCalledWith(cancelled);
    expect(given.pickRun).not.toHaveBeenCalled();
  });

  test.each([
    ["an untrusted workspace", { isTrusted: () => false }, 1],
    ["nothing but finished runs", { runs: async () => [finished] }, 1],
    ["Escape", { pickRun: async () => undefined }, 0],
  ])("starts nothing in case of %s", async (_name, changes, messages) => {
    const given = deps(changes);
    await resumeRun.run(given);
    expect(given.resume).not.toHaveBeenCalled();
    expect(given.inform).toHaveBeenCalledTimes(messages);
  });
});
