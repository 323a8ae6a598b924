import { tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { groupLasso } from "../../../trainer/src/penalties/group-lasso.ts";
import { expectWithin } from "../../support/expect-within.ts";
import { distance, useCpuBackend, valuesOf } from "../../support/tensor-values.ts";
import { termSetting } from "../../support/term-setting.ts";

const ENTRY = { norm: "group_lasso", lambda: 0.5, groups: "inputs" } as const;
const term = groupLasso.term(ENTRY, termSetting(0.5, 10))!;
const WEIGHTS = [3, 4, 0, 0, 0.3, -0.4];
const weights = () => tensor2d(WEIGHTS, [3, 2]);

beforeAll(useCpuBackend);

describe("group_lasso", () => {
  test("is λ Σ √p‖w_g‖, its value 0 at zeros and NaN at NaN", () => {
    const [value = Number.NaN] = valuesOf(() => term.value(weights()));
    expectWithin(Math.abs(value - 0.5 * Math.SQRT2 * (5 + 0 + 0.5)), {
      section: "Penalties",
      quantity: "group lasso",
      formula: "λ Σ_g √p_g·‖w_g‖₂",
      reference: "closed form",
      tolerance: 1e-6,
    });
    expect(valuesOf(() => term.value(tensor2d([0, 0], [1, 2])))).toEqual([0]);
    expect(valuesOf(() => term.value(tensor2d([], [0, 2])))).toEqual([0]);
    expect(valuesOf(() => term.value(tensor2d([Number.NaN, 0], [1, 2])))).toEqual([Number.NaN]);
  });

  test("maps to the minimum: w = v − tλ√p·w/‖w‖ where w ≠ 0, ‖v‖ ≤ tλ√p where it is", () => {
    const threshold = 0.8 * 0.5 * Math.SQRT2;
    const found = valuesOf(() => term.proximal!(weights(), 0.8));
    const norm = Math.hypot(found[0]!, found[1]!);
    const back = found.slice(0, 2).map((value) => value * (1 + threshold / norm));
    expect(distance(back, [3, 4])).toBeLessThan(1e-6);
    expect(found.slice(2)).toEqual([0, 0, 0, -0]);
    expect(0.5).toBeLessThan(threshold);
  });

  test("has no term for another norm", () => {
    expect(groupLasso.term({ norm: "l1", lambda: 1 }, termSetting(1, 10))).toBeUndefined();
  });
});
