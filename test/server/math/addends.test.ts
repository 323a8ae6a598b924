import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addendsOf, addendValue, sumOf } from "../../../server/src/math/addends.ts";
import { evaluate } from "../../../server/src/math/evaluate.ts";
import type { Ir } from "../../../server/src/math/ir.ts";
import { childrenOf, structuralKey } from "../../../server/src/math/ir-walk.ts";
import { tensor } from "../../../server/src/math/tensor.ts";
import { lowered } from "../../support/lower.ts";
import { expressions, randomValues } from "../../support/random-expression.ts";

const terms = (expression: string, parameter?: string) =>
  addendsOf(lowered(expression), parameter).map((addend) => structuralKey(addendValue(addend)));

/** Terms that broadcasting joined inside of a move or a replaced part may have no value alone. */
const isMoved = (ir: Ir): boolean =>
  ir.kind === "put" || ir.kind === "unary" || childrenOf(ir).some(isMoved);

describe("addendsOf()", () => {
  test("keeps the value of any expression", () => {
    fc.assert(
      fc.property(expressions, fc.integer(), (expression, seed) => {
        const values = randomValues(seed);
        const given = evaluate(expression, values);
        const sum = evaluate(sumOf(addendsOf(expression, "w#0")), values);
        if (given === undefined || (sum === undefined && isMoved(expression))) return;
        expect(sum?.shape).toEqual(given.shape);
        for (const [index, value] of given.data.entries()) {
          if (!Number.isFinite(value)) continue;
          const other = sum?.data[index] ?? Number.NaN;
          expect(Math.abs(other - value)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(value)));
        }
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ["a / m + lam * w", 2],
    ["(X.T @ r + lam * w) / m", 2],
    ["w * (1 - lr * lam) - lr * g", 3],
    ["-(a + b) - (c - d)", 4],
    ["(a + b).T", 2],
    ["np.mean(a + b)", 2],
    ["X @ (a + b)", 1],
    ["np.sum(a + b)", 1],
  ])("takes %s apart into %i terms", (expression, count) => {
    expect(terms(expression)).toHaveLength(count);
  });

  test("leaves a residual whole where it is multiplied", () => {
    expect(terms("2 * (w * x - y) * x", "w#0")).toHaveLength(1);
    expect(terms("2 * (w * x - y) * x")).toHaveLength(2);
  });

  test("takes the penalties of two layers apart", () => {
    expect(terms("lam * (np.sum(v ** 2) + np.sum(w ** 2))", "w#0")).toHaveLength(2);
  });

  test.each([
    "2 / m * X.T @ r",
    "(lam * w) @ w",
    "np.dot(lam * w, w)",
    "np.sum(lam * w ** 2)",
    "(2 * lam * w).T",
  ])("takes scalars out of %s", (expression) => {
    const [only, ...others] = addendsOf(lowered(expression));
    expect(others).toEqual([]);
    expect(only?.factors.length).toBeGreaterThan(1);
    expect(only?.factors.at(-1)?.whole).toBeDefined();
  });

  test("does not take arrays out of a product that is no multiple of them", () => {
    const values = new Map([
      ["X#0", tensor([2, 2], [1, 2, 3, 4])],
      ["v#0", tensor([2], [5, 7])],
      ["r#0", tensor([2], [1, -1])],
    ]);
    const expression = lowered("(v * X) @ r");
    const [only] = addendsOf(expression);
    expect(only && evaluate(addendValue(only), values)).toEqual(evaluate(expression, values));
  });
});
