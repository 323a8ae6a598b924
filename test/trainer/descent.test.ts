import {
  clone,
  mul,
  type Scalar,
  square,
  sum,
  type Tensor,
  tensor1d,
  tidy,
  variable,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { createDescent, type DescentSettings } from "../../trainer/src/descent.ts";
import { OPTIMIZERS } from "../../trainer/src/optimizers.generated.ts";
import { elasticNet } from "../../trainer/src/penalties/elastic-net.ts";
import { l1 } from "../../trainer/src/penalties/l1.ts";
import { l2 } from "../../trainer/src/penalties/l2.ts";
import type { PenaltyTerm } from "../../trainer/src/penalty.ts";
import { coordinateDescent, gradientAt, leastSquares } from "../support/convex-problem.ts";
import { distance, useCpuBackend } from "../support/tensor-values.ts";
import { termSetting } from "../support/term-setting.ts";

const PROBLEM = leastSquares();
const SAMPLES = 40;

beforeAll(useCpuBackend);

/**
 * Full-gradient descent on the quadratic with `terms`; the learning rate falls step by step, save where
 * extrapolation wants it constant.
 */
function minimise(optimizer: string, terms: readonly PenaltyTerm[], steps = 3000): number[] {
  const chosen = OPTIMIZERS.find(({ id }) => id === optimizer)!;
  const weights = variable(tensor1d(PROBLEM.b.map(() => 0.3)));
  const parameter = { name: "w", kind: "weight", variable: weights } as const;
  let learningRate = 0.1;
  const settings: DescentSettings = {
    get learningRate() {
      return learningRate;
    },
    momentum: 0.5,
    weightDecay: 0,
  };
  const descent = createDescent(chosen, [parameter], new Map([["w", terms]]), settings);
  for (let step = 0; step < steps; step++) {
    if (step > steps / 3 && chosen.isAccelerated !== true) learningRate *= 0.997;
    descent.lookAhead();
    tidy(() => {
      descent.step({ w: tensor1d(gradientAt(PROBLEM, Array.from(weights.dataSync()))) });
    });
  }
  const found = Array.from(weights.dataSync());
  weights.dispose();
  descent.dispose();
  return found;
}

const lasso = (lambda: number) => l1.term({ norm: "l1", lambda }, termSetting(lambda, SAMPLES))!;

describe.each(OPTIMIZERS.map(({ id }) => id))("descent with %s", (optimizer) => {
  test("reaches the Lasso solution of coordinate descent, its zeros exact", () => {
    const expected = coordinateDescent(PROBLEM, 0.2, 0);
    expect(expected.filter((weight) => weight === 0).length).toBeGreaterThanOrEqual(2);
    const found = minimise(optimizer, [lasso(0.2)]);
    expect(distance(found, expected)).toBeLessThan(1e-5);
    expect(found.map((weight) => weight === 0)).toEqual(expected.map((weight) => weight === 0));
  });

  test.each([
    ["plain", 2 * 0.3],
    ["half", 0.3],
    ["half_mean", 0.3 / SAMPLES],
  ] as const)("reaches the ridge solution of the convention %s", (convention, coefficient) => {
    const term = l2.term({ norm: "l2", lambda: 0.3, convention }, termSetting(0.3, SAMPLES))!;
    const expected = coordinateDescent(PROBLEM, 0, coefficient);
    expect(distance(minimise(optimizer, [term]), expected)).toBeLessThan(1e-5);
  });

  test("reaches the elastic net solution, also with a Lasso term beside it", () => {
    const net = elasticNet.term(
      { norm: "elastic_net", lambda: 0.3, l1_ratio: 0.4 },
      termSetting(0.3, SAMPLES),
    )!;
    const expected = coordinateDescent(PROBLEM, 0.3 * 0.4 + 0.05, 0.3 * 0.6);
    expect(distance(minimise(optimizer, [net, lasso(0.05)]), expected)).toBeLessThan(1e-5);
  });

  test("gives all zeros from λ_max = max|b| on, and not below", () => {
    const lambdaMax = Math.max(...PROBLEM.b.map(Math.abs));
    expect(minimise(optimizer, [lasso(lambdaMax * 1.001)]).every((w) => w === 0)).toBe(true);
    expect(minimise(optimizer, [lasso(lambdaMax * 0.98)]).every((w) => w === 0)).toBe(false);
  });
});

describe("penalty()", () => {
  test("adds up all terms on all parameters, and is 0 without any", async () => {
    const weights = variable(tensor1d([1, -2]));
    const parameters = [{ name: "w", kind: "weight", variable: weights } as const];
    const settings = { learningRate: 0.1, momentum: 0.9, weightDecay: 0 };
    const terms = new Map([["w", [lasso(0.5), lasso(0.25)]]]);
    const [optimizer] = OPTIMIZERS;
    const values = [terms, new Map()].map(
      (some) => createDescent(optimizer!, parameters, some, settings).penalty().dataSync()[0],
    );
    expect(values).toEqual([2.25, 0]);
  });
});

describe("penaltyWithGradients()", () => {
  test("spares the step a gradient that came with the value", () => {
    const calls: string[] = [];
    const called = <Result>(name: string, result: Result): Result => {
      calls.push(name);
      return result;
    };
    const half = (weights: Tensor) => tidy(() => mul<Scalar>(sum(square(weights)), 0.5));
    const both: PenaltyTerm = {
      label: () => "w²/2",
      value: (weights) => called("value", half(weights)),
      gradient: (weights) => called("gradient", clone(weights)),
      valueAndGradient: (weights) =>
        called("both", { value: half(weights), gradient: clone(weights) }),
    };
    const stepped = (isShared: boolean) => {
      const weights = variable(tensor1d([1, -2]));
      const parameters = [{ name: "w", kind: "weight", variable: weights } as const];
      const settings = { learningRate: 0.1, momentum: 0, weightDecay: 0 };
      const terms = new Map([["w", [lasso(0.5), both]]]);
      const sgd = OPTIMIZERS.find(({ id }) => id === "sgd");
      const descent = createDescent(sgd!, parameters, terms, settings);
      const penalty = descent.penaltyWithGradients();
      expect(penalty.value.dataSync()[0]).toBe(1.5 + 2.5);
      descent.step({ w: tensor1d([1, 1]) }, undefined, isShared ? penalty.gradients : undefined);
      return Array.from(weights.dataSync());
    };
    expect(stepped(true)).toEqual(stepped(false));
    expect(calls).toEqual(["both", "both", "gradient"]);
  });
});
