import { scalar, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { OptimizerStep } from "../../trainer/src/optimizer.ts";
import { OPTIMIZERS } from "../../trainer/src/optimizers.generated.ts";
import { oneMinus, oneMinusPower, type StepScalar, times } from "../../trainer/src/step-scalar.ts";
import { traceOf } from "../support/optimizer-steps.ts";
import { useCpuBackend } from "../support/tensor-values.ts";

beforeAll(useCpuBackend);

const asNumber = (value: StepScalar | Tensor) =>
  typeof value === "number" ? value : (value.dataSync()[0] ?? Number.NaN);

describe("step scalars", () => {
  test.each([
    [0.9, 1],
    [0.999, 1],
    [0.999, 5000],
    [0, 3],
    [0.5, 0],
  ])("oneMinusPower(%d, %d) of a tensor is that of a number to 6 digits", (base, exponent) => {
    const expected = oneMinusPower(base, exponent);
    expect(expected).toBe(1 - base ** exponent);
    const got = asNumber(oneMinusPower(base, scalar(exponent)));
    expect(Math.abs(got - asNumber(expected))).toBeLessThanOrEqual(1e-6 * asNumber(expected));
  });

  test("times and oneMinus take both kinds", () => {
    expect(times(0.5, 0.25)).toBe(0.125);
    expect(asNumber(times(scalar(0.5), 0.25))).toBe(0.125);
    expect(asNumber(times(0.5, scalar(0.25)))).toBe(0.125);
    expect([oneMinus(0.25), asNumber(oneMinus(scalar(0.25)))]).toEqual([0.75, 0.75]);
  });
});

describe.each(OPTIMIZERS)("$id", (optimizer) => {
  test("makes the same steps with tensors for learning rate and iteration", () => {
    const settings = { learningRate: 0.05, momentum: 0.9, weightDecay: 0.1 };
    const numbers = traceOf(optimizer, settings);
    const asTensors = {
      ...optimizer,
      update: (weights: Tensor, gradient: Tensor, slots: readonly Tensor[], step: OptimizerStep) =>
        optimizer.update(weights, gradient, slots, {
          ...step,
          learningRate: scalar(asNumber(step.learningRate)),
          iteration: scalar(asNumber(step.iteration)),
        }),
    };
    const tensors = traceOf(asTensors, settings);
    for (const [index, weight] of numbers.weights.entries()) {
      expect(tensors.weights[index]).toBeCloseTo(weight, 5);
      const size = numbers.stepSizes[index] ?? Number.NaN;
      expect(Math.abs((tensors.stepSizes[index] ?? Number.NaN) / size - 1)).toBeLessThan(2e-6);
    }
  });
});
