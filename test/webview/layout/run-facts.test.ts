import { describe, expect, test } from "vitest";
import { finalFacts, runningFacts } from "../../../webview/src/layout/run-facts.ts";
import { runProgress } from "../../../webview/src/layout/run-progress.ts";
import { liveness, runNotice } from "../../../webview/src/layout/run-status.ts";
import { runHeader } from "../run-state.ts";

const text = (facts: ReturnType<typeof finalFacts>) =>
  facts.map(({ label, value, detail }) => [label, value, detail].filter(Boolean).join(" "));

describe("runProgress()", () => {
  test("measures what is left by the speed of the last lines", () => {
    const reached = { step: 40, stepsPerSecond: 10 };
    const progress = runProgress(reached, runHeader({ status: "running" }));
    expect(progress?.fraction).toBeCloseTo(0.4, 12);
    expect(progress?.epoch).toBeCloseTo(4, 12);
    // Ten steps a second, 640 samples in each of ten epochs of ten steps.
    expect(progress?.stepsPerSecond).toBeCloseTo(10, 9);
    expect(progress?.samplesPerSecond).toBeCloseTo(640, 9);
    expect(progress?.remainingSeconds).toBeCloseTo(6, 9);
  });

  test("claims nothing that it cannot know", () => {
    expect(runProgress({ step: 5 }, undefined)).toEqual({ step: 5 });
    expect(runProgress(undefined, runHeader())).toBeUndefined();
  });
});

test("runningFacts() counts the epoch under way from one", () => {
  const progress = { step: 45, fraction: 0.45, epoch: 4.5, remainingSeconds: 52.4 };
  expect(text(runningFacts(runHeader({ status: "running" }), progress))).toEqual([
    "progress 45%",
    "epoch 5 of 10",
    "step 45 of 100",
    "remaining about 52 s",
    "device wasm CPU, 8 threads",
  ]);
});

describe("finalFacts()", () => {
  test("shows the hardest part, each score beside what guessing reaches", () => {
    const header = runHeader({
      ended: new Date(1_072_000).toISOString(),
      final: {
        "train/accuracy": 1,
        "validation/accuracy": 0.95,
        "test/accuracy": 0.93,
        "test/accuracy/image": 0.7,
        "test/recall@1/image_to_text": 0.61,
        "test/recall@1/text_to_image": 0.65,
        "test/recall@1/audio_to_text": 0.5,
        "test/pairs/image_text": 400,
        "test/loss": 0.5,
        "test/data_loss": 0.4,
      },
    });
    expect(text(finalFacts(header, undefined))).toEqual([
      "test accuracy 0.93 chance 0.50",
      "test recall@1 image → text 0.61 chance 0.003",
      "test recall@1 text → image 0.65 chance 0.003",
      "test data loss 0.400",
      "duration 1 min 12 s",
      "device wasm CPU, 8 threads",
    ]);
  });

  test("says how far a run came that did not finish", () => {
    const facts = finalFacts(runHeader({ status: "cancelled" }), { step: 30 });
    expect(text(facts)).toContain("step 30 of 100");
  });
});

describe("runNotice()", () => {
  test("tells what and where of a failure", () => {
    const header = runHeader({
      status: "failed",
      error: { message: "The loss is NaN", where: "step 12" },
    });
    expect(runNotice(header, 11, 0)).toMatchObject({
      tone: "error",
      title: "The loss is NaN",
      detail: "step 12. Everything up to step 11 is kept and shown.",
    });
  });

  test("tells for how long a lost run has been silent", () => {
    const notice = runNotice(runHeader({ status: "lost" }), undefined, 14 * 60_000);
    expect(notice?.detail).toContain("for 14 min");
    expect(notice?.detail).toContain("No step was written");
  });

  test("tells how far a stopped run came and what is left of it", () => {
    const header = runHeader({
      status: "cancelled",
      started: "2026-01-01T10:00:00Z",
      ended: "2026-01-01T10:00:42Z",
    });
    const notice = runNotice(header, 30, 0);
    expect(notice).toMatchObject({
      tone: "info",
      title: "The run was stopped at step 30 of 100.",
    });
    expect(notice?.detail).toMatch(
      /^It ended .+, after 42 s\. Everything up to step 30 is kept and shown\.$/,
    );
  });

  test("tells of a run that was stopped before anything was written", () => {
    expect(runNotice(runHeader({ status: "cancelled" }), undefined, 0)).toMatchObject({
      title: "The run was stopped before the first step.",
      detail: "No step was written.",
    });
  });

  test.each(["running", "finished"] as const)("has nothing to say of a %s run", (status) => {
    expect(runNotice(runHeader({ status }), 1, 0)).toBeUndefined();
  });
});

test("liveness() turns quiet when lines stop coming", () => {
  expect(liveness(400)).toEqual({ isQuiet: false, age: "0.4 s ago" });
  expect(liveness(24_000)).toEqual({ isQuiet: true, age: "24 s" });
});
