import { expect, test } from "vitest";
import { rowDot, rowDots } from "../../../core/measures/matrix.ts";
import { gaussian } from "../../support/gaussian.ts";
import { matrixOf } from "../../support/matrix-of.ts";

test("rowDot() multiplies the rows it was asked for", () => {
  const x = matrixOf(2, 2, Float64Array.of(1, 2, 3, 4));
  const z = matrixOf(2, 2, Float64Array.of(5, 6, 7, 8));
  expect(rowDot(x, 1, z, 0)).toBe(3 * 5 + 4 * 6);
});

test.each([0, 3])("rowDots() gives what rowDot() gives, from row %i on", (first) => {
  for (const rows of [3, 4, 7, 9]) {
    const x = gaussian(2, 5, 1);
    const z = gaussian(rows, 5, 2);
    const dots = new Float64Array(rows).fill(-1);
    rowDots(x, 1, z, first, dots);
    const expected = Array.from({ length: rows }, (_, j) => (j < first ? -1 : rowDot(x, 1, z, j)));
    expect([...dots]).toEqual(expected);
  }
});
