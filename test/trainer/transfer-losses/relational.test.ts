import { beforeAll, describe, expect, test } from "vitest";
import { relational } from "../../../trainer/src/transfer-losses/relational.ts";
import { expectWithin } from "../../support/expect-within.ts";
import { centralDifferences, distance, useCpuBackend } from "../../support/tensor-values.ts";
import { counted, measure, numbers, row } from "../../support/transfer-numbers.ts";

const [TEACHER, STUDENT] = [numbers("teacher"), numbers("student")];
const ALL = [1, 1, 1, 1, 1];

function relative(values: readonly number[], rows: readonly number[]): number[] {
  const distances = rows.flatMap((i) =>
    rows
      .filter((j) => j !== i)
      .map((j) => Math.hypot(...row(values, i).map((v, k) => v - row(values, j)[k]!))),
  );
  const mean = distances.reduce((sum, value) => sum + value, 0) / distances.length;
  return distances.map((value) => value / mean);
}

function direct(student: readonly number[], both: readonly number[]): number {
  const rows = counted(both);
  if (rows.length < 2) return 0;
  const wanted = relative(TEACHER, rows);
  const losses = relative(student, rows).map((value, index) => {
    const size = Math.abs(value - wanted[index]!);
    return size < 1 ? size ** 2 / 2 : size - 0.5;
  });
  return losses.reduce((sum, value) => sum + value, 0) / losses.length;
}

beforeAll(useCpuBackend);

describe("relational", () => {
  test.each([
    ["all rows", ALL],
    ["rows without a side", [1, 0, 1, 1, 1]],
    ["a single row", [0, 1, 0, 0, 0]],
  ])("is Huber's distance of relative distances, and moves the student alone: %s", (name, both) => {
    const found = measure(relational, TEACHER, STUDENT, both);
    expect(Math.abs(found.value - direct(STUDENT, both))).toBeLessThan(1e-6);
    const expected = centralDifferences((s) => direct(s, both), STUDENT, 1e-5);
    expectWithin(distance(found.byStudent, expected), {
      section: "Multimodal",
      quantity: `relational distances, gradient: ${name}`,
      formula: "mean huber(ψ_s(i,j) − ψ_t(i,j))",
      reference: "central differences, binary64",
      tolerance: 1e-5,
    });
    expect(found.byTeacher.every((value) => value === 0)).toBe(true);
  });

  test("does not see where and how large the cloud is", () => {
    const moved = TEACHER.map((value) => 3 * value + 7);
    expect(measure(relational, TEACHER, moved, ALL).value).toBeCloseTo(0, 5);
  });

  test("stays finite where all rows coincide", () => {
    const same = numbers("x").map(() => 1);
    const found = measure(relational, TEACHER, same, ALL);
    expect(Number.isFinite(found.value)).toBe(true);
    expect(found.byStudent.every(Number.isFinite)).toBe(true);
  });
});
