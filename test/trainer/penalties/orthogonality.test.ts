import { tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { orthogonality } from "../../../trainer/src/penalties/orthogonality.ts";
import { expectWithin } from "../../support/expect-within.ts";
import { randomWeights } from "../../support/random-weights.ts";
import {
  centralDifferences,
  distance,
  useCpuBackend,
  valuesOf,
} from "../../support/tensor-values.ts";
import { termSetting } from "../../support/term-setting.ts";

const term = orthogonality.term({ norm: "orthogonality", lambda: 0.3 }, termSetting(0.3, 10))!;
const valueAt = (values: readonly number[], shape: readonly [number, number]) =>
  valuesOf(() => term.value(tensor2d([...values], [...shape])))[0]!;

beforeAll(useCpuBackend);

describe("orthogonality", () => {
  test("is 0 for orthonormal columns, and for orthonormal rows of a wide matrix", () => {
    const [c, s] = [Math.cos(0.4), Math.sin(0.4)];
    expect(valueAt([c, -s, s, c, 0, 0], [3, 2])).toBeCloseTo(0, 10);
    expect(valueAt([c, s, 0, -s, c, 0], [2, 3])).toBeCloseTo(0, 10);
    expect(valueAt([0, 0, 0, 0, 0, 0], [3, 2])).toBeCloseTo(0.3 * 2, 6);
    expect(valueAt([Number.NaN, 0], [2, 1])).toBeNaN();
  });

  test.each([
    ["tall", [5, 3]],
    ["wide", [3, 5]],
  ] as const)("has the gradient of its value: %s", (name, shape) => {
    const weights = randomWeights(`orthogonality/${name}`, shape).map((value) => value / 2);
    const found = valuesOf(() => term.gradient!(tensor2d(weights, [...shape])));
    const expected = centralDifferences((at) => valueAt(at, shape), weights, 5e-3);
    expectWithin(distance(found, expected), {
      section: "Penalties",
      quantity: `orthogonality, gradient, ${name}`,
      formula: "4λ·W(WᵀW − I)",
      reference: "central differences, h = 5e-3, of a binary32 value",
      tolerance: 1e-3,
    });
    expect(orthogonality.term({ norm: "l1", lambda: 1 }, termSetting(1, 10))).toBeUndefined();
  });
});
