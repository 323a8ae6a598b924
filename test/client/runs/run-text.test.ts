import { describe, expect, test } from "vitest";
import {
  runContext,
  runDescription,
  runIcon,
  runLabel,
  STATUS_ICONS,
} from "../../../client/src/runs/run-text.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

describe("runDescription()", () => {
  test.each([
    [
      "a finished run: loss and zero share",
      runListEntry({
        latest: { "validation/data_loss": 0.41234, "weights/all/zero_fraction": 0.624 },
      }),
      "0.412, 62% zero",
    ],
    ["a finished run without metrics", runListEntry(), ""],
    ["a running one: how far", runListEntry({ status: "running", step: 100 }), "step 100, 25%"],
    [
      "a failed one: why",
      runListEntry({ status: "failed" }, { error: { message: "loss is NaN at step 3" } }),
      "loss is NaN at step 3",
    ],
    [
      "one that chose its λ",
      runListEntry(
        { latest: { "validation/loss": 0.38 } },
        { selection: { lambda: 0.18303, rule: "1se", path: [] } },
      ),
      "0.380, λ 0.183",
    ],
    [
      "a trial: what was set for it, and why it ended",
      runListEntry(
        { latest: { "validation/accuracy": 0.9 } },
        {
          set: ["penalty.0.lambda=0.000123456", "training.optimizer=adam"],
          stopped_by: "the sweep, after epoch 3",
        },
      ),
      "accuracy 0.900, λ 1.23e-4, optimizer adam, stopped by the sweep, after epoch 3",
    ],
    [
      "the reader's notes",
      runListEntry({ notes: { baseline: true, tags: ["paper", "l1"] } }),
      "⚑ #paper, #l1",
    ],
    [
      "its λ, which is not told again as a setting",
      runListEntry(
        { latest: { "validation/loss": 0.38 } },
        {
          penalties: [{ norm: "l1", lambda: 0.0002 }],
          set: ["penalty.0.lambda=0.1 / m", "training.seed=3"],
        },
      ),
      "0.380, λ 2e-4, seed 3",
    ],
    [
      "two strengths of three penalties",
      runListEntry(
        {},
        {
          penalties: [
            { norm: "l1", lambda: 2e-4, on: "image.*" },
            { norm: "l1", lambda: 2e-4, on: "audio.*" },
            { norm: "l2", lambda: 1e-4 },
          ],
        },
      ),
      "λ 2e-4 and 1e-4",
    ],
    [
      "many strengths",
      runListEntry({}, { penalties: [1, 2, 3].map((lambda) => ({ norm: "l1", lambda })) }),
      "λ 1 and 2 more",
    ],
    [
      "a share that is not quite none",
      runListEntry({ latest: { "weights/all/zero_fraction": 0.004 } }),
      "<1% zero",
    ],
    [
      "a share that is not quite all",
      runListEntry({ latest: { "weights/all/zero_fraction": 0.996 } }),
      ">99% zero",
    ],
    ["no zeros", runListEntry({ latest: { "weights/all/zero_fraction": 0 } }), "0% zero"],
    ["a lost one", runListEntry({ status: "lost", step: 12 }), "process gone at step 12"],
  ])("says of %s", (_name, run, text) => expect(runDescription(run)).toBe(text));
});

test.each([
  ["still preparing", runListEntry({ status: "running", step: 0 }), "loading~spin"],
  ["under way", runListEntry({ status: "running" }), "sync~spin"],
  ["stopped by its sweep", runListEntry({}, { stopped_by: "the sweep" }), "stop-circle"],
  ["finished with a diagnosis", runListEntry({}, { diagnoses: ["gradients vanish"] }), "report"],
  ["lost", runListEntry({ status: "lost" }), STATUS_ICONS.lost.icon],
])("runIcon() of a run that is %s", (_name, run, icon) => expect(runIcon(run).icon).toBe(icon));

test.each([
  ["run.finished", runListEntry()],
  ["run.lost.trial", runListEntry({ status: "lost" }, { parent: "s" })],
  [
    "run.finished.sweep.baseline",
    runListEntry(
      { notes: { baseline: true } },
      { sweep: { metric: "validation/loss", goal: "minimize", rungs: [], trials: [] } },
    ),
  ],
  ["run.failed.baseline", runListEntry({ status: "failed", notes: { baseline: true } })],
])("runContext() is %s", (context, run) => expect(runContext(run)).toBe(context));

test("the best run has a star before its numbers, and words for who listens", () => {
  const notes = { baseline: true, tags: ["paper"] } as const;
  const run = runListEntry({ latest: { "validation/loss": 0.5 }, notes });
  expect(runDescription(run, true)).toBe("★ ⚑ 0.500, #paper");
  expect(runLabel(run, true)).toBe(
    "Shapes, finished, best of its experiment, baseline, 0.500, tagged paper",
  );
  expect(runLabel(runListEntry(), false)).toBe("Shapes, finished");
});
