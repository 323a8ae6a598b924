import { describe, expect, test, vi } from "vitest";
import { applyLambda } from "../../../client/src/commands/apply-lambda.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const selection = {
  lambda: 0.5,
  rule: "one_se",
  path: [{ lambda: 0.5, mean: 1, se: 0.1, non_zeros: 3 }],
};
const chosen = runListEntry({ folder: "/r1" }, { selection });
const computed = runListEntry({ folder: "/r2" }, { selection: { ...selection, path: [] } });
const plain = runListEntry({ folder: "/r3" });

describe("applyLambda", () => {
  const deps = (changes = {}) => ({
    runs: async () => [chosen, computed, plain],
    pickRun: vi.fn(async (runs: readonly unknown[]) => (runs.length === 1 ? chosen : undefined)),
    writeLambda: vi.fn(async () => undefined),
    inform: vi.fn(),
    ...changes,
  });

  test("writes the λ of the panel's handle", async () => {
    const given = deps();
    await applyLambda.run(given, { folder: "/r1", lambda: 0.25 });
    expect(given.writeLambda).toHaveBeenCalledExactlyOnceWith(chosen, 0.25);
    expect(given.pickRun).not.toHaveBeenCalled();
  });

  test("offers the runs with a path and writes the λ that the picked one chose", async () => {
    const given = deps();
    await applyLambda.run(given);
    expect(given.writeLambda).toHaveBeenCalledExactlyOnceWith(chosen, 0.5);
  });

  test.each([
    ["no run has a path", { runs: async () => [computed, plain] }, undefined, 1],
    ["Escape was pressed", { pickRun: async () => undefined }, undefined, 0],
    ["the run has no path", {}, { folder: "/r3", lambda: 1 }, 0],
  ])("writes nothing where %s", async (_name, changes, target, messages) => {
    const given = deps(changes);
    await applyLambda.run(given, target);
    expect(given.writeLambda).not.toHaveBeenCalled();
    expect(given.inform).toHaveBeenCalledTimes(messages);
  });
});
