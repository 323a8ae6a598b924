import { describe, expect, test } from "vitest";
import type { Schedule } from "../../core/experiment/experiment.ts";
import { learningRateAt } from "../../trainer/src/learning-rate.ts";
import { expectWithin } from "../support/expect-within.ts";
import { distance } from "../support/tensor-values.ts";

const LENGTH = { stepsPerEpoch: 3, stepsTotal: 12 };

const rates = (schedule: Schedule) =>
  Array.from({ length: 12 }, (_, index) =>
    learningRateAt({ learning_rate: 0.5, schedule }, LENGTH, index + 1),
  );

/** The recursions that PyTorch's schedulers step by; nothing here is a closed form. */
function recursive(next: (rate: number, step: number) => number): number[] {
  const found = [0.5];
  for (let step = 1; step < 12; step++) found.push(next(found[step - 1]!, step));
  return found;
}

describe("learningRateAt()", () => {
  test.each<readonly [Schedule, number[]]>([
    [{ type: "constant", warmup: 0 }, recursive((rate) => rate)],
    [
      { type: "step", warmup: 0, factor: 0.1, every: 2 },
      recursive((rate, step) => (step % 6 === 0 ? rate * 0.1 : rate)),
    ],
    [
      { type: "exponential", warmup: 0, factor: 0.5 },
      recursive((rate, step) => (step % 3 === 0 ? rate * 0.5 : rate)),
    ],
    [{ type: "linear", warmup: 0, final: 0.2 }, recursive((rate) => rate - (0.5 * 0.8) / 12)],
    [
      { type: "cosine", warmup: 0, final: 0.2 },
      recursive(
        (rate, step) =>
          ((1 + Math.cos((Math.PI * step) / 12)) / (1 + Math.cos((Math.PI * (step - 1)) / 12))) *
            (rate - 0.1) +
          0.1,
      ),
    ],
  ])("%j goes as PyTorch's scheduler does", (schedule, expected) => {
    expectWithin(distance(rates(schedule), expected), {
      section: "Learning-rate schedules",
      quantity: schedule.type,
      formula: "see learningRateAt()",
      reference: "PyTorch's recursion in float64, 12 steps",
      tolerance: 1e-12,
    });
  });

  test("rises evenly in the warm-up, and the schedule begins behind it", () => {
    const warm = rates({ type: "cosine", warmup: 4, final: 0 });
    expect(warm.slice(0, 5)).toEqual([0.125, 0.25, 0.375, 0.5, 0.5]);
    expect(warm[8]).toBeCloseTo(0.25, 12);
    expect(Math.min(...warm.slice(4))).toBeGreaterThan(0);
  });

  test("is finite where the warm-up is as long as the run", () => {
    const rate = {
      learning_rate: 0.5,
      schedule: { type: "linear", warmup: 12, final: 0 },
    } as const;
    expect(learningRateAt(rate, LENGTH, 12)).toBe(0.5);
    expect(learningRateAt(rate, LENGTH, 13)).toBe(0.5);
  });
});
