import { expect, test } from "vitest";
import { rowClasses } from "../../../core/measures/row-classes.ts";
import { gaussian } from "../../support/gaussian.ts";
import { matrixOf } from "../../support/matrix-of.ts";

test("rowClasses() names the first row of equal numbers", () => {
  const x = matrixOf(5, 2, Float64Array.of(1, 2, 2, 1, 1, 2, 2, 1, 1, 1));
  expect([...rowClasses(x)]).toEqual([0, 1, 0, 1, 4]);
  expect([...rowClasses({ ...x, data: Float32Array.from(x.data) })]).toEqual([0, 1, 0, 1, 4]);
});

test("rowClasses() looks at a view of a larger buffer alone", () => {
  const data = Float64Array.of(9, 1, 2, 1, 2).subarray(1);
  expect([...rowClasses(matrixOf(2, 2, data))]).toEqual([0, 0]);
});

test("rowClasses() keeps different rows apart", () => {
  const classes = rowClasses(gaussian(2000, 3, 1));
  expect([...classes]).toEqual([...classes.keys()]);
});

test("rowClasses() takes rows without columns for equal", () => {
  expect([...rowClasses(matrixOf(3, 0, new Float64Array(0)))]).toEqual([0, 0, 0]);
});
