import { tensor, tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { spectral } from "../../../trainer/src/penalties/spectral.ts";
import { expectWithin } from "../../support/expect-within.ts";
import { randomWeights } from "../../support/random-weights.ts";
import {
  centralDifferences,
  distance,
  useCpuBackend,
  valuesOf,
} from "../../support/tensor-values.ts";
import { termSetting } from "../../support/term-setting.ts";

const term = spectral.term({ norm: "spectral", lambda: 0.6 }, termSetting(0.6, 10))!;

beforeAll(useCpuBackend);

describe("spectral", () => {
  test.each([
    ["tall", [7, 3]],
    ["wide", [3, 7]],
    ["kernel", [2, 2, 3, 4]],
  ] as const)("has the gradient of its value: %s", (name, shape) => {
    const weights = randomWeights(`spectral/${name}`, shape);
    const value = (values: readonly number[]) =>
      valuesOf(() => term.value(tensor([...values], [...shape])))[0]!;
    const gradient = valuesOf(() => term.gradient!(tensor(weights, [...shape])));
    expectWithin(distance(gradient, centralDifferences(value, weights, 2e-3)), {
      section: "Penalties",
      quantity: `spectral, gradient, ${name}`,
      formula: "λσ₁·u vᵀ",
      reference: "central differences, h = 2e-3, of a binary32 value",
      tolerance: 5e-3,
    });
  });

  test("is 0 with gradient 0 at zeros, NaN at NaN, and leaves proximal maps alone", () => {
    expect(valuesOf(() => term.value(tensor2d([0, 0], [1, 2])))).toEqual([0]);
    expect(valuesOf(() => term.gradient!(tensor2d([0, 0], [1, 2])))).toEqual([0, 0]);
    expect(valuesOf(() => term.value(tensor2d([Number.NaN, 0], [1, 2])))).toEqual([Number.NaN]);
    expect(term.proximal).toBeUndefined();
    expect(spectral.term({ norm: "l1", lambda: 1 }, termSetting(1, 10))).toBeUndefined();
  });
});
