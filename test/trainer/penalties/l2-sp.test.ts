import { memory, tensor1d, variable } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { l2Sp } from "../../../trainer/src/penalties/l2-sp.ts";
import { expectWithin } from "../../support/expect-within.ts";
import {
  centralDifferences,
  distance,
  useCpuBackend,
  valuesOf,
} from "../../support/tensor-values.ts";
import { termSetting } from "../../support/term-setting.ts";

const START = [1, -2, 0.5];

beforeAll(useCpuBackend);

describe("l2_sp", () => {
  test("pulls to where training started, also after the weights have moved on", () => {
    const before = memory().numTensors;
    const weights = variable(tensor1d(START));
    const term = l2Sp.term({ norm: "l2_sp", lambda: 0.4 }, termSetting(0.4, 10, weights))!;
    weights.assign(tensor1d([0, 0, 0]));
    const value = (at: readonly number[]) => valuesOf(() => term.value(tensor1d([...at])))[0]!;
    expect(value(START)).toBe(0);
    expect(value([0, 0, 0])).toBeCloseTo((0.4 / 2) * 5.25, 6);

    const at = [0.25, 3, -1];
    const gradient = valuesOf(() => term.gradient!(tensor1d(at)));
    expectWithin(distance(gradient, centralDifferences(value, at, 0.5)), {
      section: "Penalties",
      quantity: "L2-SP, gradient",
      formula: "λ(w − w⁰)",
      reference: "central differences, exact for a square but for binary32",
      tolerance: 1e-5,
    });
    term.dispose!();
    weights.dispose();
    // Two tensors of the test's own are left: the start and the value that was assigned.
    expect(memory().numTensors - before).toBeLessThanOrEqual(2);
  });

  test("has no term for another norm", () => {
    expect(l2Sp.term({ norm: "l1", lambda: 1 }, termSetting(1, 10))).toBeUndefined();
  });
});
