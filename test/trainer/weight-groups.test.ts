import { ones, tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { groupNorms, groupSize } from "../../trainer/src/weight-groups.ts";
import { useCpuBackend, valuesOf } from "../support/tensor-values.ts";

beforeAll(useCpuBackend);

describe("groupNorms()", () => {
  const matrix = () => tensor2d([3, 0, 4, 0, 12, 0], [2, 3]);

  test("sums over rows for inputs, over columns for outputs", () => {
    expect(valuesOf(() => groupNorms(matrix(), "inputs"))).toEqual([5, 12]);
    expect(valuesOf(() => groupNorms(matrix(), "outputs"))).toEqual([3, 12, 4]);
  });

  test("takes a kernel's filters, or the slices over its input channels", () => {
    const kernel = () => ones([2, 2, 3, 5]);
    const [inputs, outputs] = (["inputs", "outputs"] as const).map((groups) =>
      valuesOf(() => groupNorms(kernel(), groups)),
    );
    expect(inputs).toEqual(Array(3).fill(Math.fround(Math.sqrt(20))));
    expect(outputs).toEqual(Array(5).fill(Math.fround(Math.sqrt(12))));
    expect([groupSize([2, 2, 3, 5], "inputs"), groupSize([2, 2, 3, 5], "outputs")]).toEqual([
      20, 12,
    ]);
  });

  test("has groups of one in a vector, none in nothing", () => {
    expect(valuesOf(() => groupNorms(tensor1d([-2, 0]), "outputs"))).toEqual([2, 0]);
    expect(groupSize([4], "inputs")).toBe(1);
    expect(valuesOf(() => groupNorms(tensor2d([], [0, 3]), "outputs"))).toEqual([0, 0, 0]);
  });
});
