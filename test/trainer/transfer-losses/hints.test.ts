import { tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { hints } from "../../../trainer/src/transfer-losses/hints.ts";
import { expectWithin } from "../../support/expect-within.ts";
import { centralDifferences, distance, useCpuBackend } from "../../support/tensor-values.ts";
import { counted, measure, numbers, row } from "../../support/transfer-numbers.ts";

const [TEACHER, STUDENT] = [numbers("teacher"), numbers("student")];

function direct(student: readonly number[], both: readonly number[]): number {
  const rows = counted(both);
  const losses = rows.map((index) => {
    const target = row(TEACHER, index);
    return (
      row(student, index).reduce((sum, v, k) => sum + (v - target[k]!) ** 2, 0) / target.length
    );
  });
  return rows.length === 0 ? 0 : losses.reduce((sum, value) => sum + value, 0) / rows.length;
}

beforeAll(useCpuBackend);

describe("hints", () => {
  test.each([
    ["all rows", [1, 1, 1, 1, 1]],
    ["rows without a side", [1, 0, 1, 0, 0]],
    ["no row with both", [0, 0, 0, 0, 0]],
  ])(
    "is the mean squared difference of the features, and moves the student alone: %s",
    (name, both) => {
      const found = measure(hints, TEACHER, STUDENT, both);
      expect(Math.abs(found.value - direct(STUDENT, both))).toBeLessThan(1e-6);
      const expected = centralDifferences((s) => direct(s, both), STUDENT, 1e-5);
      expectWithin(distance(found.byStudent, expected), {
        section: "Multimodal",
        quantity: `feature hints, gradient: ${name}`,
        formula: "mean ‖f_s − f_t‖²/d",
        reference: "central differences, binary64",
        tolerance: 1e-6,
      });
      expect(found.byTeacher.every((value) => value === 0)).toBe(true);
    },
  );

  test("needs features", () => {
    const bare = { output: tensor2d([[1]]) };
    const settings = { from: "image", to: "text", method: "hints", weight: 1 } as const;
    expect(() =>
      hints.of({ teacher: bare, student: bare, both: tensor1d([1]), settings, classes: [] }),
    ).toThrow("without private features");
  });
});
