import { tensor1d, tensor2d, tidy, variable } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { WeightOperation } from "../../core/experiment/experiment.ts";
import { createDescent } from "../../trainer/src/descent.ts";
import { OPTIMIZERS } from "../../trainer/src/optimizers.generated.ts";
import type { Parameter } from "../../trainer/src/parameters.ts";
import { l2 } from "../../trainer/src/penalties/l2.ts";
import { createWeightOperations } from "../../trainer/src/weight-operations.ts";
import { useCpuBackend } from "../support/tensor-values.ts";
import { termSetting } from "../support/term-setting.ts";

const LENGTH = { stepsPerEpoch: 2, stepsTotal: 8 };

beforeAll(useCpuBackend);

function parametersOf(): readonly [Parameter, Parameter, Parameter] {
  return [
    { name: "a.weight", kind: "weight", variable: variable(tensor2d([4, -1, 0.5, 2], [4, 1])) },
    { name: "a.bias", kind: "bias", variable: variable(tensor1d([0.1])) },
    { name: "b.weight", kind: "weight", variable: variable(tensor2d([8, -0.2], [2, 1])) },
  ];
}

const values = ({ variable: weights }: Parameter) => [...weights.dataSync()];

/** Weights a and b after each step at which something was told. */
async function follow(entry: WeightOperation, steps = 8) {
  const parameters = parametersOf();
  const operations = createWeightOperations([entry], parameters, LENGTH);
  if ("problem" in operations) throw new RangeError(operations.problem.message);
  const told: { step: number; text: string; a: number[]; b: number[] }[] = [];
  for (let step = 0; step <= steps; step++) {
    for (const text of await operations.apply(step)) {
      told.push({ step, text, a: values(parameters[0]), b: values(parameters[2]) });
    }
  }
  expect(values(parameters[1])).toEqual([Math.fround(0.1)]);
  operations.dispose();
  return told;
}

describe("createWeightOperations()", () => {
  test.each<readonly [string, WeightOperation, number, number[], number[]]>([
    [
      "clips after the last epoch",
      { operation: "clip", share: 0.25, scope: "layer" },
      8,
      [1, -1, 0.5, 1],
      [2, Math.fround(-0.2)],
    ],
    [
      "clips to the largest of all",
      { operation: "clip", share: 0.25, scope: "global", after_epoch: 1 },
      2,
      [2, -1, 0.5, 2],
      [2, Math.fround(-0.2)],
    ],
    [
      "retains before training, also what is at the bound",
      { operation: "retain", share: 0.5, scope: "layer", after_epoch: 0 },
      0,
      [4, -0, 0, 2],
      [8, -0],
    ],
    [
      "prunes a fraction of all",
      { operation: "prune", by: "fraction", fraction: 0.5, scope: "global", every: 100 },
      8,
      [4, -0, 0, 2],
      [8, -0],
    ],
    [
      "prunes by threshold, on some",
      { operation: "prune", by: "threshold", threshold: 3, on: "a.*" },
      8,
      [4, -0, 0, 0],
      [8, Math.fround(-0.2)],
    ],
    [
      "prunes 2:4, and leaves dense what cannot be",
      { operation: "prune", by: "2:4" },
      8,
      [4, -0, 0, 2],
      [8, Math.fround(-0.2)],
    ],
  ])("%s", async (_name, entry, step, a, b) => {
    const told = await follow(entry);
    expect(told).toEqual([{ step, text: expect.any(String), a, b }]);
    if ("by" in entry && entry.by === "2:4")
      expect(told[0]?.text).toContain("b.weight stays dense");
  });

  test("lets the fraction rise step by step to its end", async () => {
    const told = await follow({
      operation: "prune",
      by: "fraction",
      fraction: 0.75,
      scope: "layer",
      after_epoch: 1,
      until_epoch: 3,
      every: 1,
      on: "a.*",
    });
    expect(told.map(({ step }) => step)).toEqual([2, 3, 4, 5, 6]);
    const zeros = told.map(({ a }) => a.filter((weight) => weight === 0).length);
    // 0.75·(1 − (1 − k/4)³) of four weights: 0, 1.73, 2.63, 2.95, 3.
    expect(zeros).toEqual([0, 2, 3, 3, 3]);
  });

  test("names the weights there are when a glob matches none", () => {
    const made = createWeightOperations(
      [{ operation: "clip", share: 0.5, scope: "layer", on: "a.bias" }],
      parametersOf(),
      LENGTH,
    );
    expect(made).toMatchObject({
      problem: {
        path: ["weight_operations", 0, "on"],
        allowed: "weights are a.weight, b.weight",
      },
    });
  });

  test.each(OPTIMIZERS)("$id brings no pruned weight back", async (optimizer) => {
    const parameters = parametersOf();
    const operations = createWeightOperations(
      [
        {
          operation: "prune",
          by: "fraction",
          fraction: 0.5,
          scope: "layer",
          every: 1,
          after_epoch: 1,
        },
      ],
      parameters,
      LENGTH,
    );
    if ("problem" in operations) throw new RangeError(operations.problem.message);
    const decay = l2.term({ norm: "l2", lambda: 1, convention: "half" }, termSetting(1, 10))!;
    const descent = createDescent(
      optimizer,
      parameters,
      new Map(parameters.map(({ name }) => [name, [decay]])),
      { learningRate: 0.05, momentum: 0.9, weightDecay: 0.1, masks: operations.masks },
    );
    for (let step = 1; step <= 6; step++) {
      descent.lookAhead();
      tidy(() => {
        descent.step({
          "a.weight": tensor2d([1, 2, -3, 1], [4, 1]),
          "b.weight": tensor2d([1, 1], [2, 1]),
        });
      });
      await operations.apply(step);
      const isZero = [...values(parameters[0]), ...values(parameters[2])].map((w) => w === 0);
      const expected = step < 2 ? Array(6).fill(false) : [false, true, true, false, false, true];
      expect(isZero).toEqual(expected);
    }
    for (const [name, slot] of descent.state) {
      if (!name.endsWith("/a.weight") || name.startsWith("previous")) continue;
      expect([...slot.dataSync()].map((entry) => entry === 0)).toEqual([false, true, true, false]);
    }
  });
});
