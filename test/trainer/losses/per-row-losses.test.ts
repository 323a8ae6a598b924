import { grad, type Rank, reshape, sum, tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { Loss } from "../../../trainer/src/loss.ts";
import { halfMse } from "../../../trainer/src/losses/half-mse.ts";
import { hinge } from "../../../trainer/src/losses/hinge.ts";
import { huber } from "../../../trainer/src/losses/huber.ts";
import { logistic } from "../../../trainer/src/losses/logistic.ts";
import { mse } from "../../../trainer/src/losses/mse.ts";
import {
  centralDifferences,
  distance,
  useCpuBackend,
  valuesOf,
} from "../../support/tensor-values.ts";

beforeAll(useCpuBackend);

const NUMBERS = [0.5, -1, 3, 0, 2, -0.25];
const ONE_HOT = [0, 1, 1, 0, 1, 0];
const OUTPUTS = [0.75, -1, 1.25, -3, 0.5, 2];
const WIDTH = 2;

const signed = (z: number, y: number) => (2 * y - 1) * z;

/** The loss of one output, in binary64, as its documentation writes it. */
const CASES: readonly {
  readonly loss: Loss;
  readonly targets: readonly number[];
  readonly formula: (h: number, y: number) => number;
}[] = [
  { loss: halfMse, targets: NUMBERS, formula: (h, y) => 0.5 * (h - y) ** 2 },
  { loss: mse, targets: NUMBERS, formula: (h, y) => (h - y) ** 2 },
  {
    loss: huber,
    targets: NUMBERS,
    formula: (h, y) => (Math.abs(h - y) <= 1 ? 0.5 * (h - y) ** 2 : Math.abs(h - y) - 0.5),
  },
  { loss: logistic, targets: ONE_HOT, formula: (z, y) => Math.log1p(Math.exp(-signed(z, y))) },
  { loss: hinge, targets: ONE_HOT, formula: (z, y) => Math.max(0, 1 - signed(z, y)) },
];

const rowsOf = (values: readonly number[]) => tensor2d([...values], [values.length / WIDTH, WIDTH]);

describe.each(CASES)("$loss.id", ({ loss, targets, formula }) => {
  const total = (outputs: readonly number[]) =>
    outputs.reduce((all, h, index) => all + formula(h, targets[index] ?? Number.NaN), 0);

  test("is its formula, summed over the outputs of a row", () => {
    const expected = [0, 1, 2].map((row) =>
      [0, 1]
        .map((column) => row * WIDTH + column)
        .reduce(
          (all, at) => all + formula(OUTPUTS[at] ?? Number.NaN, targets[at] ?? Number.NaN),
          0,
        ),
    );
    const got = valuesOf(() => loss.perRow(rowsOf(OUTPUTS), rowsOf(targets)));
    expect(distance(got, expected)).toBeLessThan(1e-6);
  });

  test("has the gradient of its central differences", () => {
    const got = valuesOf(() =>
      grad((outputs) => sum(loss.perRow(reshape<Rank.R2>(outputs, [-1, WIDTH]), rowsOf(targets))))(
        rowsOf(OUTPUTS),
      ),
    );
    expect(distance(got, centralDifferences(total, OUTPUTS, 1e-5))).toBeLessThan(1e-6);
  });
});

describe("far from the target", () => {
  test.each([
    ["logistic on the wrong side", logistic, 1e4, 0, 1e4],
    ["logistic on the right side", logistic, 30, 1, Math.log1p(Math.exp(-30))],
    ["huber", huber, 1e6, 0, 1e6 - 0.5],
    ["hinge", hinge, -1e6, 1, 1e6 + 1],
  ])("%s neither overflows nor vanishes", (_name, loss, output, target, expected) => {
    const [got = Number.NaN] = valuesOf(() =>
      loss.perRow(tensor2d([output], [1, 1]), tensor2d([target], [1, 1])),
    );
    expect(Math.abs(got / expected - 1)).toBeLessThan(1e-6);
  });

  test.each(CASES)("$loss.id keeps NaN visible", ({ loss }) => {
    const [got] = valuesOf(() =>
      loss.perRow(tensor2d([Number.NaN], [1, 1]), tensor2d([1], [1, 1])),
    );
    expect(got).toBeNaN();
  });
});
