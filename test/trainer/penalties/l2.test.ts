import { tensor1d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { l2 } from "../../../trainer/src/penalties/l2.ts";
import { expectWithin } from "../../support/expect-within.ts";
import {
  centralDifferences,
  distance,
  useCpuBackend,
  valuesOf,
} from "../../support/tensor-values.ts";
import { termSetting } from "../../support/term-setting.ts";

const WEIGHTS = [1, -2, 0.5];
const SQUARES = 5.25;
const SAMPLES = 40;

beforeAll(useCpuBackend);

describe("l2", () => {
  test.each([
    ["plain", 0.3 * SQUARES],
    ["half", (0.3 / 2) * SQUARES],
    ["half_mean", (0.3 / (2 * SAMPLES)) * SQUARES],
  ] as const)(
    "%s has the factor of its convention and the gradient to it",
    (convention, expected) => {
      const term = l2.term({ norm: "l2", lambda: 0.3, convention }, termSetting(0.3, SAMPLES))!;
      const value = (weights: readonly number[]) =>
        valuesOf(() => term.value(tensor1d([...weights])))[0]!;
      expect(value(WEIGHTS)).toBeCloseTo(expected, 6);
      const gradient = valuesOf(() => term.gradient!(tensor1d(WEIGHTS)));
      // The function is quadratic: the difference quotient is exact but for binary32.
      expectWithin(distance(gradient, centralDifferences(value, WEIGHTS, 0.5)), {
        section: "Penalties",
        quantity: `l2 ${convention}, gradient`,
        formula: "2c·w",
        reference: "central differences, exact for a square but for binary32",
        tolerance: 1e-5,
      });
      expect(term.proximal).toBeUndefined();
    },
  );
});
