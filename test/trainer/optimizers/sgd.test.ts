import { beforeAll, describe, expect, test } from "vitest";
import { sgd } from "../../../trainer/src/optimizers/sgd.ts";
import { expectWithin } from "../../support/expect-within.ts";
import { GRADIENTS, traceOf } from "../../support/optimizer-steps.ts";
import { distance, useCpuBackend } from "../../support/tensor-values.ts";

beforeAll(useCpuBackend);

describe("sgd", () => {
  test("moves by the learning rate times the gradient", () => {
    const expected = GRADIENTS.map(
      (_, step) =>
        1 - 0.1 * GRADIENTS.slice(0, step + 1).reduce((sum, gradient) => sum + gradient, 0),
    );
    const { weights, stepSizes } = traceOf(sgd, {
      learningRate: 0.1,
      momentum: 0.9,
      weightDecay: 0,
    });
    expectWithin(distance(weights, expected), {
      section: "Optimizers",
      quantity: "SGD",
      formula: "w ← w − ηg, ten steps",
      reference: "the sum in float64",
      tolerance: 1e-6,
    });
    expect(new Set(stepSizes)).toEqual(new Set([0.1]));
  });
});
