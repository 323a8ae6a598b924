import { grad, type Rank, reshape, type Tensor, tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { squaredDistance } from "../../../trainer/src/pair-losses/squared-distance.ts";
import { createRandom } from "../../../trainer/src/random.ts";
import { expectWithin } from "../../support/expect-within.ts";
import {
  centralDifferences,
  distance,
  useCpuBackend,
  valuesOf,
} from "../../support/tensor-values.ts";

const [ROWS, DIMENSION] = [5, 3];
const SETTINGS = { loss: "squared_distance", weight: 1 } as const;
const ROW = {
  section: "Multimodal",
  formula: "mean ‖aᵢ − bᵢ‖² over present rows",
};

function normals(name: string): number[] {
  const random = createRandom(1, name);
  return Array.from({ length: ROWS * DIMENSION }, () => random.normal());
}

const [A, B] = [normals("a"), normals("b")];
const SOME = [1, 0, 1, 1, 0];

function direct(a: readonly number[], b: readonly number[], present: readonly number[]): number {
  const squares = a.map(
    (value, index) => present[Math.floor(index / DIMENSION)]! * (value - b[index]!) ** 2,
  );
  const count = present.reduce((sum, flag) => sum + flag, 0);
  return count === 0 ? 0 : squares.reduce((sum, value) => sum + value, 0) / count;
}

const of = (a: Tensor, present: readonly number[]) =>
  squaredDistance.of(
    reshape<Rank.R2>(a, [ROWS, DIMENSION]),
    tensor2d(B, [ROWS, DIMENSION]),
    tensor1d([...present]),
    SETTINGS,
  );

beforeAll(useCpuBackend);

describe("squaredDistance", () => {
  test("equals its definition over rows that have both sides, and is 0 without any", () => {
    const values = [[1, 1, 1, 1, 1], SOME].map((present) => {
      const [value = Number.NaN] = valuesOf(() => of(tensor1d(A), present));
      return Math.abs(value / direct(A, B, present) - 1);
    });
    expectWithin(Math.max(...values), {
      ...ROW,
      quantity: "squared distance of partners, relative",
      reference: "its definition in binary64",
      tolerance: 1e-6,
    });
    expect(valuesOf(() => of(tensor1d(A), [0, 0, 0, 0, 0]))).toEqual([0]);
  });

  test("has the gradient of its definition, none for rows that lack a side", () => {
    const gradient = valuesOf(() => grad((a: Tensor) => of(a, SOME))(tensor1d(A)));
    const expected = centralDifferences((a) => direct(a, B, SOME), A, 1e-4);
    expectWithin(distance(gradient, expected), {
      ...ROW,
      quantity: "squared distance of partners, gradient",
      reference: "central differences in binary64, h = 1e-4",
      tolerance: 1e-6,
    });
    expect(gradient.slice(DIMENSION, 2 * DIMENSION).every((value) => value === 0)).toBe(true);
  });
});
