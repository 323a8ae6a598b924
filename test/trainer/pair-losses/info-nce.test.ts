import { grad, type Rank, reshape, type Tensor, tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { infoNce } from "../../../trainer/src/pair-losses/info-nce.ts";
import { createRandom } from "../../../trainer/src/random.ts";
import {
  centralDifferences,
  distance,
  useCpuBackend,
  valuesOf,
} from "../../support/tensor-values.ts";
import { unitRows } from "../../support/unit-rows.ts";

const [ROWS, DIMENSION] = [6, 4];

const settings = (temperature: number) => ({ loss: "info_nce", weight: 1, temperature }) as const;

/** Symmetric InfoNCE by its definition, in binary64, over the rows that are present. */
function direct(
  a: readonly number[],
  b: readonly number[],
  present: readonly number[],
  tau: number,
) {
  const rows = present.flatMap((isThere, row) => (isThere === 1 ? [row] : []));
  if (rows.length === 0) return 0;
  const similarity = (x: readonly number[], i: number, y: readonly number[], j: number) =>
    Array.from(
      { length: DIMENSION },
      (_, k) => x[i * DIMENSION + k]! * y[j * DIMENSION + k]!,
    ).reduce((sum, value) => sum + value, 0) / tau;
  const oneWay = (x: readonly number[], y: readonly number[]) =>
    rows.reduce((sum, i) => {
      const total = rows.reduce((rest, j) => rest + Math.exp(similarity(x, i, y, j)), 0);
      return sum - Math.log(Math.exp(similarity(x, i, y, i)) / total);
    }, 0) / rows.length;
  return (oneWay(a, b) + oneWay(b, a)) / 2;
}

function loss(a: readonly number[], b: readonly number[], present: readonly number[], tau = 0.2) {
  return valuesOf(() =>
    infoNce.of(
      tensor2d([...a], [ROWS, DIMENSION]),
      tensor2d([...b], [ROWS, DIMENSION]),
      tensor1d([...present]),
      settings(tau),
    ),
  )[0]!;
}

/** Gradient of the loss by the first modality. */
function gradientByA(present: readonly number[]): Tensor {
  const flat = (a: Tensor) => {
    const rows = reshape<Rank.R2>(a, [ROWS, DIMENSION]);
    return infoNce.of(rows, tensor2d(B, [ROWS, DIMENSION]), tensor1d([...present]), settings(0.2));
  };
  return grad(flat)(tensor1d(A));
}

const rowsOf = (name: string) => unitRows(createRandom(1, name), ROWS, DIMENSION);
const [A, B] = [rowsOf("a"), rowsOf("b")];
const ALL = [1, 1, 1, 1, 1, 1];

beforeAll(useCpuBackend);

describe("infoNce", () => {
  test.each([
    ["all rows", ALL, 0.2],
    ["a hot temperature", ALL, 5],
    ["a cold one", ALL, 0.05],
    ["rows missing at both ends", [0, 1, 1, 0, 1, 0], 0.2],
    ["one pair alone, which is always found", [0, 0, 1, 0, 0, 0], 0.2],
    ["no pair", [0, 0, 0, 0, 0, 0], 0.2],
  ])("equals its definition for %s", (_name, present, tau) => {
    expect(loss(A, B, present, tau)).toBeCloseTo(direct(A, B, present, tau), 5);
  });

  test("is log n where all similarities are equal, near 0 where pairs coincide in the cold", () => {
    const same = Array.from({ length: ROWS }, () => [1, 0, 0, 0]).flat();
    expect(loss(same, same, ALL)).toBeCloseTo(Math.log(ROWS), 5);
    expect(loss(A, A, ALL, 0.01)).toBeLessThan(1e-3);
  });

  test.each([
    ["all rows", ALL],
    ["missing rows", [1, 0, 1, 1, 0, 1]],
  ])("has the gradient of its definition: %s", (_name, present) => {
    const gradient = valuesOf(() => gradientByA([...present]));
    const expected = centralDifferences((a) => direct(a, B, present, 0.2), A, 1e-5);
    expect(distance(gradient, expected)).toBeLessThan(1e-5);
  });

  test("gives rows that are missing no gradient at all", () => {
    const gradient = valuesOf(() => gradientByA([1, 0, 1, 1, 1, 1]));
    expect(gradient.slice(DIMENSION, 2 * DIMENSION).every((value) => value === 0)).toBe(true);
  });
});
