import { evaluate } from "mathjs";
import { describe, expect, test } from "vitest";
import { CONVENTIONS, findConvention } from "../../../server/src/lambda/find-convention.ts";
import { conventionPage, lambdaPage } from "../../../server/src/lambda/lambda-page.ts";

const KNOWN = { samples: 90, batchSize: 24, learningRate: 0.3, momentum: 0 };
const NUMBERS = [0.7, 0.4];

/** Numbers that a formula such as `λ₂ = 1 / (C·n), without momentum` says, by what it defines. */
function said(formula: string, values: Readonly<Record<string, number>>) {
  const scope = { ...values, n: KNOWN.samples, B: KNOWN.batchSize, lr: KNOWN.learningRate };
  const parts = formula.replace(", without momentum", "").split(/, (?=λ)/);
  return Object.fromEntries(
    parts.map((part) => {
      const [name = "", expression = ""] = part.split(" = ");
      const plain = expression.replaceAll("·", "*").replaceAll("−", "-");
      return [name, Number(evaluate(plain, scope))];
    }),
  );
}

const SUMMANDS = { mean: 1, samples: KNOWN.samples, batch: KNOWN.batchSize };

describe("formulas", () => {
  test.each(CONVENTIONS.map((convention) => [convention.id, convention] as const))(
    "of %s say what is computed, within 1e-12",
    (_id, { parameters, penalty, decay, leaf }) => {
      const values = Object.fromEntries(
        parameters.map(({ name }, index) => [name, NUMBERS[index] ?? 0]),
      );
      const terms = penalty?.terms(values, KNOWN) ?? leaf?.terms(values);
      if (terms !== undefined) {
        const count = penalty === undefined ? 1 : SUMMANDS[penalty.over];
        const found = said(penalty?.formula ?? leaf?.formula ?? "", values);
        expect(found["λ₁"] ?? 0).toBeCloseTo(terms.l1 / count, 12);
        expect(found["λ₂"] ?? 0).toBeCloseTo(terms.l2 / count, 12);
      }
      if (decay !== undefined) {
        const expected = decay.decay(values, KNOWN) ?? Number.NaN;
        const { d } = said(decay.formula, values);
        expect(d).toBeCloseTo(expected, 12);
      }
    },
  );
});

test("lambdaPage() has a row for every convention, with whole tables", () => {
  const page = lambdaPage();
  for (const { id } of CONVENTIONS) expect(page).toContain(`\`${id}\``);
  const rows = page.split("\n").filter((line) => line.startsWith("| "));
  for (const row of rows) expect(row.split(/(?<!\\)\|/)).toHaveLength(7);
  expect(page).not.toMatch(/undefined|NaN/);
});

test("conventionPage() has the formula in TeX", () => {
  const ridge = findConvention("sklearn-ridge");
  const page = ridge === undefined ? "" : conventionPage(ridge);
  expect(page).toContain(String.raw`$$\lVert y - Xw\rVert_2^2 + \alpha\lVert w\rVert_2^2$$`);
  expect(page).toContain("penalty: λ₂ = alpha / n");
});
