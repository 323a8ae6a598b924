import { beforeAll, describe, expect, test } from "vitest";
import { adam } from "../../../trainer/src/optimizers/adam.ts";
import { adamw } from "../../../trainer/src/optimizers/adamw.ts";
import { expectWithin } from "../../support/expect-within.ts";
import { adamByHand, traceOf } from "../../support/optimizer-steps.ts";
import { distance, useCpuBackend } from "../../support/tensor-values.ts";

const SETTINGS = { learningRate: 0.05, momentum: 0.9, weightDecay: 0.3 };

beforeAll(useCpuBackend);

describe("adamw", () => {
  test("shrinks the weights before Adam's step and outside its moments", () => {
    const { weights, stepSizes } = traceOf(adamw, SETTINGS);
    const expected = adamByHand(0.05, 0.3);
    expectWithin(distance(weights, expected.weights), {
      section: "Optimizers",
      quantity: "AdamW",
      formula: "w ← (1 − ηδ)w, then Adam's step, ten steps",
      reference: "the update in float64",
      tolerance: 1e-6,
    });
    expect(distance(stepSizes, expected.stepSizes)).toBeLessThan(2e-6);
  });

  test("is Adam bit for bit without decay", () => {
    const plain = { ...SETTINGS, weightDecay: 0 };
    expect(traceOf(adamw, plain)).toEqual(traceOf(adam, plain));
  });
});
