import { expect, test, vi } from "vitest";
import { copyBestExperiment } from "../../../client/src/commands/copy-best-experiment.ts";
import type { SweepRecord } from "../../../core/protocol/run-files.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const SWEEP: SweepRecord = {
  metric: "validation/loss",
  goal: "minimize",
  rungs: [1],
  trials: [{ number: 1, run: "", set: [], epochs: 1, value: 0.5, status: "finished" }],
  best: 1,
};
const { best: _, ...unended } = SWEEP;
const loss = (folder: string, value: number) =>
  runListEntry({ folder, id: folder.slice(3), latest: { "validation/loss": value } });
const sweep = runListEntry({ folder: "/r/s", id: "s" }, { sweep: SWEEP });
const without = runListEntry({ folder: "/r/u", id: "u" }, { sweep: unended });
const [good, bad] = [loss("/r/a", 1), loss("/r/b", 2)];

const deps = (runs = [sweep, without, good, bad]) => ({
  runs: async () => runs,
  pickRun: vi.fn(async () => good),
  experimentText: vi.fn(async () => "own"),
  bestExperimentText: vi.fn(async () => ({ text: "best", trial: 3, set: ["a=1", "b=2"] })),
  copyText: vi.fn(async () => undefined),
  inform: vi.fn(),
});

test("copyBestExperiment copies the best trial of the sweep it is called on", async () => {
  const given = deps();
  await copyBestExperiment.run(given, { folder: "/r/s" });
  expect(given.copyText).toHaveBeenCalledExactlyOnceWith("best");
  expect(given.inform.mock.calls[0]?.[0]).toContain("trial 3, the best: a=1, b=2");
});

test("copyBestExperiment offers sweeps with a best trial and best runs, and nothing else", async () => {
  const given = deps();
  await copyBestExperiment.run(given);
  expect(given.pickRun).toHaveBeenCalledWith([sweep, good], expect.any(String));
  expect(given.copyText).toHaveBeenCalledExactlyOnceWith("own");
});

test.each([
  ["a sweep without a best trial", [sweep, without], { folder: "/r/u" }],
  ["runs of which none is best", [bad], undefined],
])("copyBestExperiment copies nothing of %s, and says why", async (_name, runs, target) => {
  const given = deps(runs);
  await copyBestExperiment.run(given, target);
  expect(given.copyText).not.toHaveBeenCalled();
  expect(given.inform).toHaveBeenCalledTimes(1);
});
