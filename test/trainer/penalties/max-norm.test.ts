import { tensor2d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { maxNorm } from "../../../trainer/src/penalties/max-norm.ts";
import { expectWithin } from "../../support/expect-within.ts";
import { distance, useCpuBackend, valuesOf } from "../../support/tensor-values.ts";
import { termSetting } from "../../support/term-setting.ts";

const WEIGHTS = [3, 0.6, 4, 0.8, 0, 0];
const NORMS = [5, 1];
const termOf = (projection: "keras" | "torch") =>
  maxNorm.term({ norm: "max_norm", limit: 2, groups: "outputs", projection }, termSetting(1, 10))!;

beforeAll(useCpuBackend);

describe("max_norm", () => {
  test.each([
    ["keras", "w·min(‖w‖, c)/(1e-7 + ‖w‖)", (norm: number) => Math.min(norm, 2) / (1e-7 + norm)],
    [
      "torch",
      "w·c/(‖w‖ + 1e-7) where ‖w‖ > c",
      (norm: number) => (norm > 2 ? 2 / (norm + 1e-7) : 1),
    ],
  ] as const)("projects every column as %s does", (projection, formula, factor) => {
    const expected = WEIGHTS.map((weight, index) => weight * factor(NORMS[index % 2]!));
    const found = valuesOf(() => termOf(projection).proximal!(tensor2d(WEIGHTS, [3, 2]), 0.1));
    expectWithin(distance(found, expected), {
      section: "Penalties",
      quantity: `max-norm, ${projection}`,
      formula,
      reference: "the library's formula in float64",
      tolerance: 1e-6,
    });
  });

  test("leaves a column inside the ball bit for bit as torch does", () => {
    const found = valuesOf(() => termOf("torch").proximal!(tensor2d(WEIGHTS, [3, 2]), 0.1));
    expect(found.filter((_, index) => index % 2 === 1)).toEqual([0.6, 0.8, 0].map(Math.fround));
  });

  test.each(["keras", "torch"] as const)(
    "%s keeps zeros, nothing, and NaN in its column",
    (kind) => {
      const project = (values: readonly number[], rows: number) =>
        valuesOf(() => termOf(kind).proximal!(tensor2d([...values], [rows, 2]), 0.1));
      expect(project([0, 0], 1)).toEqual([0, 0]);
      expect(project([], 0)).toEqual([]);
      expect(project([Number.NaN, 1], 1).map(Number.isNaN)).toEqual([true, false]);
    },
  );

  test("is a constraint: it adds nothing to the loss", () => {
    expect(valuesOf(() => termOf("keras").value(tensor2d(WEIGHTS, [3, 2])))).toEqual([0]);
    expect(maxNorm.term({ norm: "l1", lambda: 1 }, termSetting(1, 10))).toBeUndefined();
  });
});
