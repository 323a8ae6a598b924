import { tensor1d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { elasticNet } from "../../../trainer/src/penalties/elastic-net.ts";
import { expectWithin } from "../../support/expect-within.ts";
import {
  centralDifferences,
  distance,
  useCpuBackend,
  valuesOf,
} from "../../support/tensor-values.ts";
import { termSetting } from "../../support/term-setting.ts";

const WEIGHTS = [1, -2, 0.5];
const term = (l1_ratio: number) =>
  elasticNet.term({ norm: "elastic_net", lambda: 0.4, l1_ratio }, termSetting(0.4, 10))!;

beforeAll(useCpuBackend);

describe("elastic_net", () => {
  test.each([0, 0.25, 1])("is λ(r‖w‖₁ + (1−r)/2‖w‖²) at r = %s", (ratio) => {
    const expected = 0.4 * (ratio * 3.5 + ((1 - ratio) / 2) * 5.25);
    expect(valuesOf(() => term(ratio).value(tensor1d(WEIGHTS)))[0]).toBeCloseTo(expected, 6);
  });

  test.each([0, 0.25, 1])("splits into a gradient and a soft threshold at r = %s", (ratio) => {
    const squared = (weights: readonly number[]) =>
      ((0.4 * (1 - ratio)) / 2) * weights.reduce((sum, weight) => sum + weight * weight, 0);
    const gradient = valuesOf(() => term(ratio).gradient!(tensor1d(WEIGHTS)));
    expectWithin(distance(gradient, centralDifferences(squared, WEIGHTS, 0.5)), {
      section: "Penalties",
      quantity: `elastic net, gradient of the squared part, r = ${ratio}`,
      formula: "λ(1−r)·w",
      reference: "central differences, exact for a square but for binary32",
      tolerance: 1e-6,
    });
    const threshold = 2 * 0.4 * ratio;
    const expected = WEIGHTS.map((w) => Math.sign(w) * Math.max(0, Math.abs(w) - threshold));
    const found = valuesOf(() => term(ratio).proximal!(tensor1d(WEIGHTS), 2));
    expectWithin(distance(found, expected), {
      section: "Penalties",
      quantity: `elastic net, proximal map, r = ${ratio}`,
      formula: "S(w, tλr)",
      reference: "closed form in float64",
      tolerance: 1e-6,
    });
  });
});
