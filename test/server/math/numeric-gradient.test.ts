import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate } from "../../../server/src/math/evaluate.ts";
import { numericGradient } from "../../../server/src/math/numeric-gradient.ts";
import { tensor } from "../../../server/src/math/tensor.ts";
import { lowered } from "../../support/lower.ts";
import { randomValues } from "../../support/random-expression.ts";

/** Functions of w with their gradients, written as NumPy would have them. */
const FAMILIES = [
  ["np.sum((X @ w - y) ** 2)", "2 * X.T @ (X @ w - y)"],
  ["np.mean((X @ w - y) ** 2) / 2", "X.T @ (X @ w - y) / len(y)"],
  ["lam * np.dot(w, w)", "2 * lam * w"],
  ["lam * np.abs(w).sum()", "lam * np.sign(w)"],
  ["np.linalg.norm(w)", "w / np.linalg.norm(w)"],
  ["np.linalg.norm(w, 1)", "np.sign(w)"],
  ["np.log(1 + np.exp(y @ (X @ w)))", "X.T @ y / (1 + np.exp(-y @ (X @ w)))"],
  ["np.sum(np.exp(X @ w))", "X.T @ np.exp(X @ w)"],
  ["np.sum(np.maximum(0, X @ w))", "X.T @ (np.sign(X @ w) + 1) / 2"],
  ["np.sum(w[1:] ** 2)", "2 * w * (1 - (w == w[0]))"],
  ["np.mean(w * v.ravel())", "v.ravel() / 3"],
  ["1 / np.sum(w ** 2)", "-2 * w / np.sum(w ** 2) ** 2"],
] as const;

describe("numericGradient() is the closed form to 1e-6", () => {
  test.each(FAMILIES.filter(([, gradient]) => !gradient.includes("==")))("of %s", (f, gradient) => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const values = randomValues(seed);
        const given = numericGradient(lowered(f), "w#0", values);
        const expected = evaluate(lowered(gradient), values);
        if (given === undefined) return; // A kink lies within the step.
        for (const [index, value] of (expected?.data ?? []).entries()) {
          expect(Math.abs((given.data[index] ?? Number.NaN) - value)).toBeLessThan(
            1e-6 * (1 + Math.abs(value)),
          );
        }
      }),
      { numRuns: 50 },
    );
  });

  test("of a part of the vector: 0 where it is not read", () => {
    const values = randomValues(1);
    const w = values.get("w#0")?.data ?? [];
    const given = numericGradient(lowered("np.sum(w[1:] ** 2)"), "w#0", values)?.data ?? [];
    expect(given[0]).toBe(0);
    expect(given[1]).toBeCloseTo(2 * (w[1] ?? Number.NaN), 8);
  });
});

test.each([
  ["a vector", "X @ w"],
  ["shapes that do not fit", "y @ w"],
  ["the logarithm of a negative number", "np.log(-np.sum(w ** 2))"],
  ["an unknown name", "np.sum(unknown * w)"],
])("numericGradient() is undefined for %s", (_name, f) => {
  expect(numericGradient(lowered(f), "w#0", randomValues(1))).toBeUndefined();
});

test("numericGradient() sees a kink and no smooth curve", () => {
  const at = (value: number) => new Map([["w#0", tensor([1], [value])]]);
  expect(numericGradient(lowered("np.abs(w).sum()"), "w#0", at(1e-6))).toBeUndefined();
  expect(numericGradient(lowered("np.sum(w ** 2)"), "w#0", at(1e-6))?.data[0]).toBeCloseTo(2e-6, 9);
});
