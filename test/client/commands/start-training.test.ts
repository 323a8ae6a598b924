import { describe, expect, test, vi } from "vitest";
import { startTraining } from "../../../client/src/commands/start-training.ts";

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
