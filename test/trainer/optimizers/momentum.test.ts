import { beforeAll, describe, expect, test } from "vitest";
import { momentum } from "../../../trainer/src/optimizers/momentum.ts";
import { expectWithin } from "../../support/expect-within.ts";
import { GRADIENTS, traceOf } from "../../support/optimizer-steps.ts";
import { distance, useCpuBackend } from "../../support/tensor-values.ts";

beforeAll(useCpuBackend);

describe("momentum", () => {
  test("is the heavy ball: each gradient goes on with the factor μ", () => {
    // Unrolled: the velocity after t steps is Σ μ^(t−s) g_s.
    const velocity = (t: number) =>
      GRADIENTS.slice(0, t + 1).reduce((sum, g, s) => sum + 0.8 ** (t - s) * g, 0);
    const moved = (t: number) =>
      GRADIENTS.slice(0, t + 1).reduce((sum, _, s) => sum + velocity(s), 0);
    const expected = GRADIENTS.map((_, t) => 1 - 0.05 * moved(t));
    const { weights } = traceOf(momentum, { learningRate: 0.05, momentum: 0.8, weightDecay: 0 });
    expectWithin(distance(weights, expected), {
      section: "Optimizers",
      quantity: "SGD with momentum",
      formula: "v ← μv + g, w ← w − ηv, ten steps",
      reference: "the sum unrolled in float64",
      tolerance: 1e-6,
    });
  });

  test("states as step size what a constant gradient would have moved the weight by", () => {
    const { stepSizes } = traceOf(momentum, { learningRate: 0.05, momentum: 0.8, weightDecay: 0 });
    const expected = GRADIENTS.map((_, t) => (0.05 * (1 - 0.8 ** (t + 1))) / (1 - 0.8));
    expect(distance(stepSizes, expected)).toBeLessThan(1e-12);
  });
});
