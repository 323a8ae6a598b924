import { describe, expect, test } from "vitest";
import { barPrinter } from "../../../cli/src/train/bar-printer.ts";
import type { TrainerEvent } from "../../../core/protocol/trainer.ts";

const SOLVING = {
  type: "progress",
  step: 180,
  steps_total: 720,
  epoch: 3,
  epochs_total: 12,
  seconds_left: 14.2,
} as const;

const TRAINING = { ...SOLVING, loss: 123.456, samples_per_second: 2987.6 };

function barOf(columns: number, event: TrainerEvent): string {
  let text = "";
  barPrinter((part) => {
    text += part;
  }, columns).show(event);
  return text.replace("\r\u001B[2K", "");
}

describe("barPrinter()", () => {
  test.each([
    [
      120,
      `${"█".repeat(8)}${"░".repeat(22)}  25 %  epoch 3/12  step 180/720  loss 123.5  2988 samples/s  0:14 left`,
    ],
    [80, "██░░░░░░  25 %  epoch 3/12  step 180/720  loss 123.5  2988 samples/s  0:14 left"],
    [60, `${"█".repeat(5)}${"░".repeat(13)}  25 %  epoch 3/12  loss 123.5  0:14 left`],
    [40, "███░░░░░░░  25 %  epoch 3/12  0:14 left"],
    [24, "██░░░░  25 %  0:14 left"],
    [12, " 25 %"],
  ])("at %i columns leaves out whole facts and never cuts a number", (columns, expected) => {
    const bar = barOf(columns, TRAINING);
    expect(bar.length).toBeLessThan(columns);
    expect(bar).toBe(expected);
  });

  test("shows nothing that a solver does not have", () => {
    expect(barOf(60, SOLVING)).toBe(
      `${"█".repeat(7)}${"░".repeat(21)}  25 %  step 180/720  0:14 left`,
    );
  });
});
