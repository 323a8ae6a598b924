import { beforeAll, describe, expect, test } from "vitest";
import { labelMap } from "../../../trainer/src/transfer-losses/label-map.ts";
import { centralDifferences, distance, useCpuBackend } from "../../support/tensor-values.ts";
import { CLASSES, counted, measure, numbers, row } from "../../support/transfer-numbers.ts";

const [TEACHER, STUDENT] = [numbers("teacher"), numbers("student")];
const MAP = { a: "b", c: "a" };

function direct(
  student: readonly number[],
  both: readonly number[],
  map: Readonly<Record<string, string>>,
): number {
  const rows = counted(both);
  const losses = rows.map((index) => {
    const logits = row(TEACHER, index);
    const answer = CLASSES[logits.indexOf(Math.max(...logits))]!;
    const own = row(student, index);
    const total = own.reduce((sum, logit) => sum + Math.exp(logit), 0);
    return -Math.log(Math.exp(own[CLASSES.indexOf(map[answer] ?? answer)]!) / total);
  });
  return rows.length === 0 ? 0 : losses.reduce((sum, value) => sum + value, 0) / rows.length;
}

beforeAll(useCpuBackend);

describe("labelMap", () => {
  test.each([
    ["the teacher's own classes", [1, 1, 1, 1, 1], {}],
    ["classes renamed by hand", [1, 1, 1, 1, 1], MAP],
    ["rows without a side", [0, 1, 1, 0, 1], MAP],
    ["no row with both", [0, 0, 0, 0, 0], MAP],
  ])(
    "is the cross-entropy at the mapped answer, and moves the student alone: %s",
    (_name, both, map) => {
      const found = measure(labelMap, TEACHER, STUDENT, both, { map });
      expect(Math.abs(found.value - direct(STUDENT, both, map))).toBeLessThan(1e-6);
      const expected = centralDifferences((s) => direct(s, both, map), STUDENT, 1e-5);
      expect(distance(found.byStudent, expected)).toBeLessThan(1e-6);
      expect(found.byTeacher.every((value) => value === 0)).toBe(true);
    },
  );
});
