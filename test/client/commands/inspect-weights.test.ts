import { expect, test, vi } from "vitest";
import { inspectWeights } from "../../../client/src/commands/inspect-weights.ts";

const depsWith = (picked: string | undefined) => {
  return { pickWeightFile: vi.fn(async () => picked), openWeights: vi.fn(async () => undefined) };
};

test("opens the file that the explorer names without asking", async () => {
  const deps = depsWith(undefined);
  await inspectWeights.run(deps, { fsPath: "/m/model.bin" });
  expect(deps.openWeights).toHaveBeenCalledWith("/m/model.bin");
  expect(deps.pickWeightFile).not.toHaveBeenCalled();
});

test("asks for a file, and does nothing when none is chosen", async () => {
  const chosen = depsWith("/m/w.pt");
  await inspectWeights.run(chosen);
  expect(chosen.openWeights).toHaveBeenCalledWith("/m/w.pt");
  const none = depsWith(undefined);
  await inspectWeights.run(none);
  expect(none.openWeights).not.toHaveBeenCalled();
});
