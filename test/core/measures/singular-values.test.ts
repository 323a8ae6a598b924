import { describe, expect, test } from "vitest";
import { singularValues } from "../../../core/measures/singular-values.ts";
import { gaussian } from "../../support/gaussian.ts";
import { matrixOf } from "../../support/matrix-of.ts";

const valuesOf = (rows: number, columns: number, ...data: number[]) => [
  ...(singularValues(matrixOf(rows, columns, Float64Array.from(data))) ?? [Number.NaN]),
];

describe("singularValues", () => {
  test.each<[string, number[], number[]]>([
    ["a diagonal, signs dropped", valuesOf(2, 2, 3, 0, 0, -4), [4, 3]],
    [
      "[[1, 1], [0, 1]], the golden ratio",
      valuesOf(2, 2, 1, 1, 0, 1),
      [(Math.sqrt(5) + 1) / 2, (Math.sqrt(5) - 1) / 2],
    ],
    ["a row", valuesOf(1, 2, 3, 4), [5]],
    ["a column", valuesOf(2, 1, 3, 4), [5]],
    ["one number", valuesOf(1, 1, -7), [7]],
    ["zeros", valuesOf(2, 3, 0, 0, 0, 0, 0, 0), [0, 0]],
    ["equal values", valuesOf(3, 3, 2, 0, 0, 0, 2, 0, 0, 0, 2), [2, 2, 2]],
    ["huge weights", valuesOf(2, 2, 1e300, 0, 0, 1e299), [1e300, 1e299]],
  ])("of %s", (_name, found, expected) => {
    expect(found).toHaveLength(expected.length);
    for (const [index, value] of expected.entries()) {
      expect(Math.abs((found[index] ?? Number.NaN) - value)).toBeLessThanOrEqual(1e-14 * value);
    }
  });

  test("tells the lost rank of a matrix with dead units from rounding", () => {
    const matrix = gaussian(30, 10, 7);
    for (let index = 0; index < matrix.data.length; index += 1) {
      if (index % 10 >= 6) matrix.data[index] = 0;
    }
    const values = singularValues(matrix) ?? new Float64Array(0);
    const largest = values[0] ?? 0;
    expect(values.filter((value) => value > 1e-13 * largest)).toHaveLength(6);
    const squares = [...matrix.data].reduce((sum, entry) => sum + entry ** 2, 0);
    expect(values.reduce((sum, value) => sum + value * value, 0) / squares).toBeCloseTo(1, 13);
  });

  test("gives up on what is not finite and on what would take too long", () => {
    expect(singularValues(matrixOf(1, 2, Float64Array.of(1, Number.NaN)))).toBeUndefined();
    expect(singularValues(matrixOf(1000, 1000, new Float64Array(1_000_000)))).toBeUndefined();
  });
});
