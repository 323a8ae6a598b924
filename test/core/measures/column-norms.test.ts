import { expect, test } from "vitest";
import { columnNorms } from "../../../core/measures/column-norms.ts";
import { matrixOf } from "../../support/matrix-of.ts";

test("columnNorms() is the length of each column", () => {
  const matrix = matrixOf(2, 3, Float64Array.of(3, 0, Number.NaN, -4, 0, 1));
  expect([...columnNorms(matrix)]).toEqual([5, 0, Number.NaN]);
  expect([...columnNorms(matrixOf(0, 2, new Float64Array()))]).toEqual([0, 0]);
});
