import { expect, test } from "vitest";
import { twoOfFourMask } from "../../../trainer/src/weight-operations/two-of-four-mask.ts";

const of = (...values: readonly number[]) => Float32Array.from(values);

test("twoOfFourMask() goes along the inputs, output by output", () => {
  const columns = of(1, 4, 2, 3, 3, 2, 4, 1);
  expect([...(twoOfFourMask(columns, [4, 2]) ?? [])]).toEqual([0, 1, 0, 1, 1, 0, 1, 0]);
});

test("twoOfFourMask() takes a kernel's input channels and keeps NaN", () => {
  const kernel = of(1, 2, 3, 4, Number.NaN, 3, 2, 1);
  expect([...(twoOfFourMask(kernel, [2, 1, 4, 1]) ?? [])]).toEqual([0, 0, 1, 1, 1, 1, 0, 0]);
});

test.each([
  ["a tail", [6, 1]],
  ["no inputs", [8]],
])("twoOfFourMask() leaves a tensor with %s dense", (_name, shape) => {
  expect(twoOfFourMask(new Float32Array(shape[0] ?? 0), shape)).toBeUndefined();
});
