import { describe, expect, test } from "vitest";
import { runDescription, runTooltip } from "../../../client/src/runs/run-text.ts";
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
    ["a lost one", runListEntry({ status: "lost", step: 12 }), "process gone at step 12"],
  ])("says of %s", (_name, run, text) => expect(runDescription(run)).toBe(text));
});

describe("runTooltip()", () => {
  test("names the objective, the backend and the results that matter", () => {
    const text = runTooltip(
      runListEntry({ latest: { "validation/accuracy": 0.9555, "train/loss": 1 } }),
    );
    expect(text).toContain("1e-4‖w‖₁");
    expect(text).toContain("wasm, 2 cores, seed 7");
    expect(text).toContain("| validation/accuracy | 0.956 |");
    expect(text).not.toContain("train/loss");
  });
});
