import { expect, test } from "vitest";
import { clipWeights } from "../../../trainer/src/weight-operations/clip-weights.ts";

const of = (...values: readonly number[]) => Float32Array.from(values);

test("clipWeights() clips to the bound that it compares with, unlike the seeds", () => {
  // The seeds' formula at share 0.5 of the largest, 8: whatever is from 4 on becomes 0.5, below the 3.
  expect([...clipWeights(of(8, -4, 3, -6), 4)]).toEqual([4, -4, 3, -4]);
});

test("clipWeights() leaves zeros, NaN and nothing", () => {
  expect([...clipWeights(of(0, -0, Number.NaN), 0)]).toEqual([0, -0, Number.NaN]);
  expect([...clipWeights(of(), 1)]).toEqual([]);
});
