import { tensor1d, tidy, variable } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { createDescent } from "../../../trainer/src/descent.ts";
import type { Optimizer } from "../../../trainer/src/optimizer.ts";
import { fista } from "../../../trainer/src/optimizers/fista.ts";
import { gradientDescent } from "../../../trainer/src/optimizers/gradient-descent.ts";
import { l1 } from "../../../trainer/src/penalties/l1.ts";
import { coordinateDescent, gradientAt, type Quadratic } from "../../support/convex-problem.ts";
import { expectWithin } from "../../support/expect-within.ts";
import { distance, useCpuBackend } from "../../support/tensor-values.ts";
import { termSetting } from "../../support/term-setting.ts";

/** Badly conditioned, so that momentum matters: eigenvalues 1, 0.1, 0.01, 0.002. */
const PROBLEM: Quadratic = {
  q: [
    [1, 0, 0, 0],
    [0, 0.1, 0, 0],
    [0, 0, 0.01, 0],
    [0, 0, 0, 0.002],
  ],
  b: [1, -0.2, 0.03, 0.0105],
};
const LAMBDA = 0.01;
const START = [0.3, 0.3, 0.3, 0.3];

beforeAll(useCpuBackend);

const soft = (value: number, threshold: number) =>
  Math.sign(value) * Math.max(0, Math.abs(value) - threshold);

/** Weights after each step of the optimizer with η = 1/L = 1. */
function follow(optimizer: Optimizer, steps: number): number[][] {
  const weights = variable(tensor1d(START));
  const parameter = { name: "w", kind: "weight", variable: weights } as const;
  const term = l1.term({ norm: "l1", lambda: LAMBDA }, termSetting(LAMBDA, 40))!;
  const settings = { learningRate: 1, momentum: 0, weightDecay: 0 };
  const descent = createDescent(optimizer, [parameter], new Map([["w", [term]]]), settings);
  const trace = Array.from({ length: steps }, () => {
    descent.lookAhead();
    tidy(() => {
      descent.step({ w: tensor1d(gradientAt(PROBLEM, Array.from(weights.dataSync()))) });
    });
    return Array.from(weights.dataSync());
  });
  descent.dispose();
  weights.dispose();
  return trace;
}

/** FISTA with the gradient restart as the papers write it, in binary64. */
function byHand(steps: number): number[][] {
  let [x, y, theta] = [START, START, 1];
  return Array.from({ length: steps }, () => {
    const gradient = gradientAt(PROBLEM, y);
    const next = y.map((value, j) => soft(value - gradient[j]!, LAMBDA));
    const isAgainst =
      next.reduce((sum, value, j) => sum + (y[j]! - value) * (value - x[j]!), 0) > 0;
    const nextTheta = isAgainst ? 1 : (1 + Math.sqrt(1 + 4 * theta * theta)) / 2;
    const beta = isAgainst ? 0 : (theta - 1) / nextTheta;
    y = next.map((value, j) => value + beta * (value - x[j]!));
    [x, theta] = [next, nextTheta];
    return next;
  });
}

describe("fista", () => {
  test("follows the papers for forty steps", () => {
    const errors = follow(fista, 40).map((weights, step) =>
      distance(weights, byHand(40)[step] ?? []),
    );
    expectWithin(Math.max(...errors), {
      section: "Optimizers",
      quantity: "FISTA with restart",
      formula: "x⁺ = S(y − η∇J(y), ηλ), y⁺ = x⁺ + β(x⁺ − x), forty steps",
      reference: "the update in float64",
      tolerance: 1e-5,
    });
  });

  test("is at the Lasso solution when plain descent is still far from it", () => {
    const expected = coordinateDescent(PROBLEM, LAMBDA, 0);
    expect(expected[3]).toBeCloseTo(0.25, 12);
    const [fast, slow] = [fista, gradientDescent].map((optimizer) =>
      distance(follow(optimizer, 400).at(-1) ?? [], expected),
    );
    expect(fast).toBeLessThan(1e-3);
    expect(slow).toBeGreaterThan(0.02);
  });
});
