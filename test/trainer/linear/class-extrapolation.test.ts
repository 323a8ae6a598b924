import { describe, expect, test } from "vitest";
import { createExtrapolation } from "../../../trainer/src/linear/class-extrapolation.ts";

/** Weights that are parabolas of log λ. */
const weightsAt = (lambda: number) => {
  const t = Math.log(lambda);
  return Float64Array.of(5 + t + 2 * t * t, 7 - 3 * t, 0);
};

describe("createExtrapolation()", () => {
  test("goes on along the parabola of log λ, however unevenly λ falls", () => {
    const extrapolation = createExtrapolation();
    for (const lambda of [1, 0.7, 0.1]) extrapolation.keep(lambda, weightsAt(lambda));
    const guess = extrapolation.at(0.03) ?? [];
    const expected = weightsAt(0.03);
    expect(guess[0]).toBeCloseTo(expected[0] ?? 0, 10);
    expect(guess[1]).toBeCloseTo(expected[1] ?? 0, 10);
    expect(guess[2]).toBe(0);
  });

  test("looks back on three fits only, on a line with two, on nothing with one", () => {
    const extrapolation = createExtrapolation();
    extrapolation.keep(100, Float64Array.of(1e6, 1, 1));
    expect(extrapolation.at(1)).toBeUndefined();
    extrapolation.keep(10, Float64Array.of(1, 1, 1));
    extrapolation.keep(1, Float64Array.of(2, 1, 1));
    extrapolation.keep(0.1, Float64Array.of(3, 1, 1));
    expect(extrapolation.at(0.01)?.[0]).toBeCloseTo(4, 10);
    const line = createExtrapolation();
    line.keep(10, Float64Array.of(1));
    line.keep(1, Float64Array.of(2));
    expect(line.at(0.1)?.[0]).toBeCloseTo(3, 12);
  });

  test("puts a weight to zero that would change its sign", () => {
    const extrapolation = createExtrapolation();
    extrapolation.keep(10, Float64Array.of(4, -4));
    extrapolation.keep(1, Float64Array.of(1, -1));
    expect([...(extrapolation.at(0.1) ?? [])]).toEqual([0, 0]);
  });

  test.each([
    ["to a λ of 0", [1, 0.1], 0],
    ["from a λ of 0", [0.1, 0], 0.01],
    ["from the same λ twice", [0.1, 0.1], 0.01],
  ])("does not guess %s", (_name, lambdas, next) => {
    const extrapolation = createExtrapolation();
    for (const lambda of lambdas) extrapolation.keep(lambda, Float64Array.of(1));
    expect(extrapolation.at(next)).toBeUndefined();
  });
});
