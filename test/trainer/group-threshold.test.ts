import { tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { groupThreshold } from "../../trainer/src/group-threshold.ts";
import { expectWithin } from "../support/expect-within.ts";
import { randomWeights } from "../support/random-weights.ts";
import { distance, useCpuBackend, valuesOf } from "../support/tensor-values.ts";

beforeAll(useCpuBackend);

/**
 * argmin ½ Σ (u − v)²·c/k + c‖u‖ in binary64, k the thresholds: bisection of the secular equation to
 * the last bit, which shares nothing with Newton's method.
 */
function bisected(v: readonly number[], k: readonly number[]): number[] {
  const excess = (s: number) => Math.hypot(...v.map((value, j) => value / (s + k[j]!))) - 1;
  if (excess(0) <= 0) return v.map(() => 0);
  let [low, high] = [0, Math.hypot(...v)];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return v.map((value, j) => (value * low) / (low + k[j]!));
}

describe("groupThreshold()", () => {
  test("shrinks each group by v·max(0, 1 − t/‖v‖) with one step size, 0/0 being 0", () => {
    const weights = () => tensor2d([3, 4, 0.3, 0.4, 0, 0], [3, 2]);
    const found = valuesOf(() => groupThreshold(weights(), 1, "inputs"));
    expect(distance(found, [2.4, 3.2, 0, 0, 0, 0])).toBeLessThan(1e-6);
    expect(found.slice(2).every((value) => value === 0)).toBe(true);
  });

  test.each([
    ["alike", [0.5, 0.5, 0.5, 0.5]],
    ["unlike", [0.01, 0.3, 1, 2]],
    ["as Adam's, one coordinate never moved", [1e-3, 2e-3, 1e4, 5e-3]],
    ["very unlike", [1e-6, 1, 1e-3, 1e6]],
  ])("finds the root where the step sizes are %s", (name, sizes) => {
    const v = randomWeights("group-threshold", [4, 3]);
    const sizeAt = (row: number, column: number) => Math.fround(sizes[row]! * (1 + column));
    const k = Array.from({ length: 12 }, (_, index) => sizeAt(Math.floor(index / 3), index % 3));
    const expected = Array<number>(12);
    for (let column = 0; column < 3; column++) {
      const places = [0, 1, 2, 3].map((row) => 3 * row + column);
      const solved = bisected(
        places.map((place) => v[place]!),
        places.map((place) => k[place]!),
      );
      for (const [row, place] of places.entries()) expected[place] = solved[row]!;
    }
    const found = valuesOf(() =>
      groupThreshold(tensor2d(v, [4, 3]), tensor2d(k, [4, 3]), "outputs"),
    );
    expectWithin(distance(found, expected), {
      section: "Penalties",
      quantity: `group lasso, proximal map, step sizes ${name}`,
      formula: "u = v·s/(s + c·t), ‖v/(s + c·t)‖ = 1",
      reference: "bisection in float64",
      tolerance: 1e-6,
    });
  });

  test("zeroes a group exactly from ‖v/(c·t)‖ ≤ 1 on", () => {
    const at = (factor: number) =>
      valuesOf(() =>
        groupThreshold(
          tensor2d([3, 4], [2, 1]),
          tensor2d([5 * factor, 5 * factor], [2, 1]),
          "outputs",
        ),
      );
    expect(at(1.001)).toEqual([0, 0]);
    expect(at(0.999).every((value) => value > 0)).toBe(true);
  });

  test("leaves weights alone at threshold 0, and zeros at zero", () => {
    const v = [1, -2, 0];
    expect(valuesOf(() => groupThreshold(tensor1d(v), 0, "outputs")).slice(0, 2)).toEqual([1, -2]);
    expect(valuesOf(() => groupThreshold(tensor1d(v), tensor1d([0, 0, 0]), "outputs"))).toEqual(v);
  });

  test.each([
    ["one step size", 0.1],
    ["one each", undefined],
  ])("keeps NaN in its own group, with %s", (_name, threshold) => {
    const weights = () => tensor2d([Number.NaN, 1, 1, 1], [2, 2]);
    const found = valuesOf(() =>
      groupThreshold(weights(), threshold ?? tensor2d([0.1, 0.1, 0.1, 0.1], [2, 2]), "inputs"),
    );
    expect(found.map(Number.isNaN)).toEqual([true, true, false, false]);
  });

  test("takes a tensor without rows", () => {
    expect(valuesOf(() => groupThreshold(tensor2d([], [0, 2]), 0.1, "outputs"))).toEqual([]);
  });
});
