import { ones, tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { asMatrix, spectralNorm } from "../../trainer/src/spectral-norm.ts";
import { distance, useCpuBackend, valuesOf } from "../support/tensor-values.ts";

beforeAll(useCpuBackend);

const sigmaOf = (values: readonly number[], rows: number, columns: number) =>
  valuesOf(() => spectralNorm(tensor2d([...values], [rows, columns])).sigma)[0]!;

describe("spectralNorm()", () => {
  test("is the largest entry of a diagonal, also where two are equal or all are tiny", () => {
    expect(sigmaOf([3, 0, 0, -7], 2, 2)).toBeCloseTo(7, 5);
    expect(sigmaOf([5, 0, 0, 5], 2, 2)).toBeCloseTo(5, 5);
    expect(sigmaOf([3e-12, 0, 0, 1e-12], 2, 2) / 3e-12).toBeCloseTo(1, 5);
  });

  test("is the length of a row or a column, 0 of zeros, NaN of NaN", () => {
    expect(sigmaOf([3, 4], 1, 2)).toBeCloseTo(5, 5);
    expect(sigmaOf([3, 4], 2, 1)).toBeCloseTo(5, 5);
    expect(sigmaOf([0, 0, 0, 0], 2, 2)).toBe(0);
    expect(sigmaOf([Number.NaN, 0, 0, 1], 2, 2)).toBeNaN();
  });

  test("gives the singular vectors as u vᵀ", () => {
    const direction = valuesOf(() => spectralNorm(tensor2d([0, 2, 0, 0, 0, 1], [3, 2])).direction);
    const side = Math.sqrt(5);
    expect(distance(direction, [0, 2 / side, 0, 0, 0, 1 / side])).toBeLessThan(1e-6);
  });
});

test("asMatrix() keeps the outputs apart", () => {
  expect(asMatrix(ones([2, 3, 4, 5])).shape).toEqual([24, 5]);
  expect(asMatrix(tensor1d([1, 2, 3])).shape).toEqual([3, 1]);
});
