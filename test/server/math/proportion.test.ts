import { describe, expect, test } from "vitest";
import { effectiveLambda, factorText } from "../../../server/src/math/factor-text.ts";
import { commonFactor, proportion } from "../../../server/src/math/proportion.ts";
import { tensor } from "../../../server/src/math/tensor.ts";

const target = tensor([3], [1, -2, 0.5]);

describe("proportion()", () => {
  test.each([
    ["a multiple", tensor([3], [2, -4, 1]), 2],
    ["a negative multiple", tensor([3], [-0.5, 1, -0.25]), -0.5],
    ["a multiple as a column", tensor([3, 1], [3, -6, 1.5]), 3],
    ["central differences' noise", tensor([3], [2 + 1e-9, -4, 1 - 1e-9]), 2],
    ["another direction", tensor([3], [1, -2, 0.6]), undefined],
    ["another shape", tensor([2], [1, -2]), undefined],
    ["zeros", tensor([3], [0, 0, 0]), undefined],
    ["not a number", tensor([3], [1, Number.NaN, 0.5]), undefined],
  ])("of %s", (_name, given, expected) => {
    const factor = proportion(given, target);
    if (expected === undefined) expect(factor).toBeUndefined();
    else expect(factor).toBeCloseTo(expected, 6);
  });

  test("to zeros is none", () => {
    expect(proportion(target, tensor([3], [0, 0, 0]))).toBeUndefined();
  });
});

test.each([
  ["a constant", [2, 2, 2.000001], { value: 2, power: 0 }],
  ["growth with m", [5, 7, 4], { value: 1, power: 1 }],
  ["decline with m", [2 / 5, 2 / 7, 2 / 4], { value: 2, power: -1 }],
  ["no law", [1, 2, 1], undefined],
  ["nothing", [], undefined],
])("commonFactor() of %s", (_name, factors, expected) => {
  const samples = [5, 7, 4];
  const seen = factors.map((factor, index) => ({ factor, samples: samples[index] ?? 1 }));
  expect(commonFactor(seen)).toEqual(expected);
});

test.each([
  [{ value: 2, power: 0 }, "2.000×", "λ / 2"],
  [{ value: 0.5, power: 0 }, "0.500×", "2 · λ"],
  [{ value: -1, power: 0 }, "−1.000×", "−λ"],
  [{ value: 1, power: 1 }, "1.000·m×", "λ / m"],
  [{ value: 2, power: -1 }, "2.000/m×", "λ / 2 · m"],
  [{ value: 0.3, power: 0 }, "0.300×", "3.333 · λ"],
] as const)("factorText() and effectiveLambda() of %o", (factor, shown, effective) => {
  expect(factorText(factor)).toBe(shown);
  expect(effectiveLambda("λ", factor)).toBe(effective);
});
