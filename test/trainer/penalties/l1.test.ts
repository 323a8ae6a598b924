import { tensor1d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { l1 } from "../../../trainer/src/penalties/l1.ts";
import { expectWithin } from "../../support/expect-within.ts";
import { distance, useCpuBackend, valuesOf } from "../../support/tensor-values.ts";
import { termSetting } from "../../support/term-setting.ts";

const WEIGHTS = [-2, -0.25, 0, 0.1, 3];
const term = l1.term({ norm: "l1", lambda: 0.5 }, termSetting(0.5, 10))!;

beforeAll(useCpuBackend);

describe("l1", () => {
  test("is λ times the sum of absolute values", () => {
    expect(valuesOf(() => term.value(tensor1d(WEIGHTS)))[0]).toBeCloseTo(0.5 * 5.35, 6);
    expect(term.label()).toBe("0.5·‖w‖₁");
  });

  test("maps to the minimum of ½(u − w)²/t + λ|u|, with exact zeros", () => {
    const found = valuesOf(() => term.proximal!(tensor1d(WEIGHTS), 0.4));
    expect(found.map((value) => Math.abs(value) === 0)).toEqual([false, false, true, true, false]);
    const searched = WEIGHTS.map((weight) => searchMinimum(weight, 0.4, 0.5));
    expectWithin(distance(found, searched), {
      section: "Penalties",
      quantity: "l1, proximal map",
      formula: "S(w, tλ)",
      reference: "the best of all points of a grid of 1e-4",
      tolerance: 1e-4,
    });
  });

  test("takes a step size for each coordinate", () => {
    const found = valuesOf(() => term.proximal!(tensor1d([1, 1, 1]), tensor1d([0, 1, 4])));
    expect(found).toEqual([1, 0.5, 0]);
  });

  test("has no term for another norm", () => {
    expect(
      l1.term({ norm: "l2", lambda: 1, convention: "half" }, termSetting(1, 10)),
    ).toBeUndefined();
  });
});

/** Minimum by trying all points of a fine grid. */
function searchMinimum(weight: number, stepSize: number, lambda: number): number {
  let best = { point: 0, value: Number.POSITIVE_INFINITY };
  for (let index = -40_000; index <= 40_000; index++) {
    const point = index / 10_000;
    const value = (point - weight) ** 2 / (2 * stepSize) + lambda * Math.abs(point);
    if (value < best.value) best = { point, value };
  }
  return best.point;
}
