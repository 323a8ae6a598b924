import { tensor1d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { adam } from "../../../trainer/src/optimizers/adam.ts";
import { l1 } from "../../../trainer/src/penalties/l1.ts";
import { expectWithin } from "../../support/expect-within.ts";
import { adamByHand, traceOf } from "../../support/optimizer-steps.ts";
import { distance, useCpuBackend } from "../../support/tensor-values.ts";
import { termSetting } from "../../support/term-setting.ts";

const SETTINGS = { learningRate: 0.05, momentum: 0.9, weightDecay: 0 };

beforeAll(useCpuBackend);

describe("adam", () => {
  test("follows the paper for ten steps, weights and step sizes", () => {
    const { weights, stepSizes } = traceOf(adam, SETTINGS);
    const expected = adamByHand(0.05, 0);
    expectWithin(distance(weights, expected.weights), {
      section: "Optimizers",
      quantity: "Adam",
      formula: "w ← w − η·m̂/(√v̂ + ε), bias-corrected moments, ten steps",
      reference: "the update in float64",
      tolerance: 1e-6,
    });
    expect(distance(stepSizes, expected.stepSizes)).toBeLessThan(2e-6);
  });

  test("ignores weight decay: that is AdamW's", () => {
    expect(traceOf(adam, { ...SETTINGS, weightDecay: 0.5 })).toEqual(traceOf(adam, SETTINGS));
  });

  test("has a large but finite step size where no gradient ever came, so L1 sends it to zero", () => {
    const zero = tensor1d([0]);
    const { weights, stepSize } = adam.update(tensor1d([0.7]), zero, [zero, zero], {
      ...SETTINGS,
      iteration: 1,
    });
    const term = l1.term({ norm: "l1", lambda: 1e-4 }, termSetting(1e-4, 10))!;
    expect(term.proximal!(weights, stepSize).dataSync()[0]).toBe(0);
  });

  test("refuses state that is not its own", () => {
    const one = tensor1d([1]);
    expect(() => adam.update(one, one, [one], { ...SETTINGS, iteration: 1 })).toThrow(TypeError);
  });
});
