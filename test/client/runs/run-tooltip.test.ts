import { describe, expect, test } from "vitest";
import { runTooltip } from "../../../client/src/runs/run-tooltip.ts";
import { runDetail, runListEntry } from "../../support/run-list-entry.ts";

describe("runTooltip()", () => {
  test("names the objective, the backend and the results that matter", () => {
    const text = runTooltip(
      runListEntry(),
      runDetail({ "validation/accuracy": 0.9555, "train/loss": 1 }),
    );
    expect(text).toContain("1e\\-4‖w‖₁");
    expect(text).toContain("wasm, 2 cores, seed 7");
    expect(text).toContain("| validation/accuracy | 0.956 |");
    expect(text).not.toContain("train/loss");
  });
});

test("runTooltip() shows markup in names as it is written", () => {
  const text = runTooltip(runListEntry({ name: "[a](command:b) <b>" }), runDetail());
  expect(text).toContain("\\[a\\]\\(command:b\\) \\<b\\>");
});

test("runTooltip() says how long it took and what it was called", () => {
  const text = runTooltip(
    runListEntry({ name: "Mine", notes: { name: "Mine" } }),
    runDetail({}, { ended: "2026-11-21T10:16:12Z" }),
  );
  expect(text).toContain("1 min 12 s");
  expect(text).toContain("Named Shapes in its experiment");
});

test("runTooltip() tells each λ as the number that it came to", () => {
  const penalties = [
    { norm: "l1", lambda: 2e-4, on: "image.*" },
    { norm: "l2", lambda: 0.5 },
  ];
  expect(runTooltip(runListEntry(), runDetail({}, { penalties }))).toContain(
    "λ 2e\\-4 \\(l1 on image\\.\\*\\), λ 0\\.5 \\(l2\\)",
  );
});
