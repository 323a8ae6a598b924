import { beforeAll, describe, expect, test } from "vitest";
import { distillation } from "../../../trainer/src/transfer-losses/distillation.ts";
import { expectWithin } from "../../support/expect-within.ts";
import { centralDifferences, distance, useCpuBackend } from "../../support/tensor-values.ts";
import { counted, measure, numbers, row } from "../../support/transfer-numbers.ts";

const [TEACHER, STUDENT] = [numbers("teacher"), numbers("student")];
const ALL = [1, 1, 1, 1, 1];

const softmax = (logits: readonly number[], temperature: number) => {
  const powers = logits.map((logit) => Math.exp(logit / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
};

/** T²·mean KL by its definition, in binary64. */
function direct(student: readonly number[], both: readonly number[], temperature: number): number {
  const rows = counted(both);
  const divergences = rows.map((index) => {
    const p = softmax(row(TEACHER, index), temperature);
    const q = softmax(row(student, index), temperature);
    return p.reduce((sum, value, k) => sum + value * Math.log(value / q[k]!), 0);
  });
  const total = divergences.reduce((sum, value) => sum + value, 0);
  return rows.length === 0 ? 0 : (temperature ** 2 * total) / rows.length;
}

beforeAll(useCpuBackend);

describe("distillation", () => {
  test.each([
    ["all rows", ALL, 1],
    ["softened", ALL, 4],
    ["rows without a side", [1, 0, 0, 1, 1], 2],
    ["no row with both", [0, 0, 0, 0, 0], 2],
  ])("equals T²·KL and sends its gradient to the student alone: %s", (name, both, temperature) => {
    const found = measure(distillation, TEACHER, STUDENT, both, { temperature });
    expect(Math.abs(found.value - direct(STUDENT, both, temperature))).toBeLessThan(1e-6);
    const expected = centralDifferences((s) => direct(s, both, temperature), STUDENT, 1e-5);
    expectWithin(distance(found.byStudent, expected), {
      section: "Multimodal",
      quantity: `distillation, gradient: ${name}`,
      formula: "T² mean KL(softmax(t/T) ‖ softmax(s/T))",
      reference: "central differences, binary64",
      tolerance: 1e-6,
    });
    expect(found.byTeacher.every((value) => value === 0)).toBe(true);
  });

  test("is 0 where both agree", () => {
    expect(measure(distillation, TEACHER, TEACHER, ALL, { temperature: 3 }).value).toBeCloseTo(
      0,
      6,
    );
  });
});
