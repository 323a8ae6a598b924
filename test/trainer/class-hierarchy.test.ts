import {
  grad,
  type Rank,
  reshape,
  sum,
  type Tensor,
  tensor1d,
  tensor2d,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { coarseCrossEntropy, parentLogits } from "../../trainer/src/class-hierarchy.ts";
import { centralDifferences, distance, useCpuBackend, valuesOf } from "../support/tensor-values.ts";

const PARENTS = ["round", "angular", "angular", "round"];
const LOGITS = [0.3, -1, 2, 0.5, 1.5, 0.2, -0.7, 0.1];
const LABELS = [0, 2];
const TARGET = [1, 0, 0, 0, 0, 0, 1, 0];

function direct(logits: readonly number[]): number[] {
  return LABELS.map((label, row) => {
    const powers = logits.slice(row * 4, row * 4 + 4).map(Math.exp);
    const family = powers.filter((_, k) => PARENTS[k] === PARENTS[label]);
    const total = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
    return -Math.log(total(family) / total(powers));
  });
}

const loss = (logits: Tensor) =>
  coarseCrossEntropy(reshape<Rank.R2>(logits, [2, 4]), tensor2d(TARGET, [2, 4]), PARENTS);

beforeAll(useCpuBackend);

describe("coarseCrossEntropy()", () => {
  test("is minus the log-probability of the label's family", () => {
    expect(
      distance(
        valuesOf(() => loss(tensor1d(LOGITS))),
        direct(LOGITS),
      ),
    ).toBeLessThan(1e-6);
  });

  test("has the gradient of its definition", () => {
    const gradient = valuesOf(() => grad((x: Tensor) => sum(loss(x)))(tensor1d(LOGITS)));
    const expected = centralDifferences((x) => direct(x).reduce((a, b) => a + b, 0), LOGITS, 1e-5);
    expect(distance(gradient, expected)).toBeLessThan(1e-6);
  });

  test("does not overflow", () => {
    const found = valuesOf(() => loss(tensor1d(LOGITS.map((value) => 1000 * value))));
    expect(found.every(Number.isFinite)).toBe(true);
  });
});

describe("parentLogits()", () => {
  test("are log-sums of the classes' powers, in the order in which parents are named", () => {
    const found = parentLogits(Float32Array.from(LOGITS.slice(0, 4)), PARENTS);
    const expected = [
      Math.log(Math.exp(0.3) + Math.exp(0.5)),
      Math.log(Math.exp(-1) + Math.exp(2)),
    ];
    expect(distance([...found], expected)).toBeLessThan(1e-6);
  });
});
