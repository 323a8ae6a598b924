import { describe, expect, test } from "vitest";
import type { Quantities, Values } from "../../../server/src/lambda/convention.ts";
import { findConvention } from "../../../server/src/lambda/find-convention.ts";
import { goneAfter, timeScale } from "../../../server/src/lambda/time-scale.ts";

function scaleOf(id: string, values: Values, known: Quantities) {
  const convention = findConvention(id);
  return convention === undefined ? undefined : timeScale(convention, values, known);
}

/** Weights without a gradient, stepped as the library steps. */
function simulated(steps: number, rate: number): number {
  let weight = 1;
  for (let step = 0; step < steps; step += 1) weight *= 1 - rate;
  return weight;
}

/** torch's SGD: v ← μv + λw, w ← w − lr·v. */
function withMomentum(steps: number, lr: number, decay: number, momentum: number): number {
  let [weight, velocity] = [1, 0];
  for (let step = 0; step < steps; step += 1) {
    velocity = momentum * velocity + decay * weight;
    weight -= lr * velocity;
  }
  return weight;
}

describe("timeScale()", () => {
  test.each([
    ["torch-adamw", { weight_decay: 0.01 }, { learningRate: 1e-3 }, 1e5],
    ["torch-adamw", { weight_decay: 0.01 }, { learningRate: 2e-5 }, 5e6],
    ["keras-optimizer", { weight_decay: 0.1 }, { learningRate: 6e-4 }, 1e5 / 6],
    ["deepspeed", { weight_decay: 3e-7 }, { learningRate: 1e-3 }, 1e10 / 3],
    ["torch-sgd", { weight_decay: 5e-4 }, { learningRate: 0.1, momentum: 0.9 }, 2000],
    ["composer-decoupled", { weight_decay: 1e-5 }, { learningRate: 3e-4 }, 1e5],
  ])("%s %j with %j is 1/rate steps", (id, values, known, steps) => {
    const found = scaleOf(id, values, known)?.steps ?? Number.NaN;
    // 1/rate is the limit of small rates: −1/ln(1 − r) = 1/r − ½ + O(r).
    expect(Math.abs(found - (steps - 0.5))).toBeLessThan(steps * 1e-6 + 1e-2);
  });

  test("agrees with stepping, to 1e-9", () => {
    const scale = scaleOf("torch-adamw", { weight_decay: 0.5 }, { learningRate: 0.02 });
    if (scale === undefined) throw new TypeError("No scale");
    expect(goneAfter(scale, 1000)).toBeCloseTo(1 - simulated(1000, 0.01), 9);
    expect((1 - scale.rate) ** scale.halfLife).toBeCloseTo(0.5, 9);
  });

  test("agrees with stepping SGD with momentum, to one percent", () => {
    const [learningRate, decay, momentum] = [0.01, 5e-3, 0.9];
    const scale = scaleOf("torch-sgd", { weight_decay: decay }, { learningRate, momentum });
    if (scale === undefined) throw new TypeError("No scale");
    const left = withMomentum(2000, learningRate, decay, momentum);
    expect(Math.abs((1 - goneAfter(scale, 2000)) / left - 1)).toBeLessThan(0.01);
  });

  test("counts epochs and the whole run where they are known", () => {
    const values = { weight_decay: 0.1 };
    const known = { learningRate: 1e-3, samples: 1000, batchSize: 30, steps: 10_000 };
    const scale = scaleOf("torch-adamw", values, known);
    expect((scale?.halfLife ?? 0) / (scale?.halfLifeEpochs ?? 1)).toBeCloseTo(34, 9);
    expect(scale?.left).toBeCloseTo(simulated(10_000, 1e-4), 9);
    expect(scale?.used).toEqual({
      rate: ["learningRate"],
      rest: ["samples", "batchSize", "steps"],
    });
    const told = scaleOf("torch-adamw", values, { ...known, stepsPerEpoch: 5 });
    expect((told?.halfLife ?? 0) / (told?.halfLifeEpochs ?? 1)).toBeCloseTo(5, 9);
  });

  test.each([
    ["there is no decay", "torch-adamw", { weight_decay: 0 }, { learningRate: 1 }],
    ["the rate flips signs", "torch-adamw", { weight_decay: 2 }, { learningRate: 0.5 }],
    ["the learning rate is unknown", "torch-adamw", { weight_decay: 0.1 }, {}],
    ["Adam rescales", "torch-adam", { weight_decay: 0.1 }, { learningRate: 0.1, momentum: 0 }],
    ["momentum is unknown", "torch-sgd", { weight_decay: 0.1 }, { learningRate: 0.1 }],
    ["no optimizer is named", "keras-l2", { l2: 0.1 }, { learningRate: 0.1, momentum: 0 }],
    ["a number is missing", "torch-adamw", {}, { learningRate: 0.1 }],
  ])("is undefined where %s", (_why, id, values, known) => {
    expect(scaleOf(id, values as Values, known)).toBeUndefined();
  });
});
