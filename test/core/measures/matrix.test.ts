import { expect, test } from "vitest";
import { rowDot } from "../../../core/measures/matrix.ts";
import { matrixOf } from "../../support/matrix-of.ts";

test("rowDot() multiplies the rows it was asked for", () => {
  const x = matrixOf(2, 2, Float64Array.of(1, 2, 3, 4));
  const z = matrixOf(2, 2, Float64Array.of(5, 6, 7, 8));
  expect(rowDot(x, 1, z, 0)).toBe(3 * 5 + 4 * 6);
});
