import { beforeAll, describe, expect, test } from "vitest";
import { nesterov } from "../../../trainer/src/optimizers/nesterov.ts";
import { expectWithin } from "../../support/expect-within.ts";
import { GRADIENTS, traceOf } from "../../support/optimizer-steps.ts";
import { distance, useCpuBackend } from "../../support/tensor-values.ts";

const SETTINGS = { learningRate: 0.05, momentum: 0.8, weightDecay: 0 };

beforeAll(useCpuBackend);

describe("nesterov", () => {
  test("follows PyTorch's formula for ten steps", () => {
    let [weight, velocity] = [1, 0];
    const expected = GRADIENTS.map((gradient) => {
      velocity = 0.8 * velocity + gradient;
      weight -= 0.05 * (gradient + 0.8 * velocity);
      return weight;
    });
    expectWithin(distance(traceOf(nesterov, SETTINGS).weights, expected), {
      section: "Optimizers",
      quantity: "Nesterov's momentum",
      formula: "v ← μv + g, w ← w − η(g + μv), ten steps",
      reference: "the update in float64",
      tolerance: 1e-6,
    });
  });

  test("states as step size what a constant gradient would have moved the weight by", () => {
    const moved = GRADIENTS.map((_, t) => (0.05 * (1 - 0.8 ** (t + 2))) / (1 - 0.8));
    expect(distance(traceOf(nesterov, SETTINGS).stepSizes, moved)).toBeLessThan(1e-12);
  });
});
