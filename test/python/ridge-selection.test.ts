import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bestIndex } from "../../trainer/src/linear/choose-lambda.ts";
import { splitFolds } from "../../trainer/src/linear/folds.ts";
import { crossValidateRidge, ridgeClosedForm } from "../../trainer/src/linear/ridge.ts";
import { createSolverPool } from "../../trainer/src/linear/solver-pool.ts";
import { expectWithin } from "../support/expect-within.ts";
import { allRows, linearProblem, rowsOf } from "../support/linear-problem.ts";
import { describeWithPython, runPython } from "./run-python.ts";

const FOLDS = 4;
/** Descending, as λ comes. */
const ALPHAS = Array.from({ length: 12 }, (_, k) => 1e4 * 10 ** (-k / 2));

interface Reference {
  readonly alpha: number;
  readonly leaveOneOut: readonly number[];
  readonly standardErrors: readonly number[];
  readonly generalised: readonly number[];
  readonly folds: readonly (readonly number[])[];
  readonly coef: readonly (readonly (readonly number[])[])[];
}

const tall = linearProblem({ rows: 301, columns: 270, outputs: 1, used: 9, noise: 4 });
const tasks = linearProblem({ rows: 80, columns: 13, outputs: 3, used: 4, noise: 3 });
const wide = linearProblem({ rows: 45, columns: 300, outputs: 2, used: 6, noise: 2 });
const CASES = [
  ["one target", tall, false],
  ["three targets", tasks, false],
  ["standardised features", tasks, true],
  ["more features than rows", wide, false],
  ["more features than rows, standardised", wide, true],
] as const;

const pool = createSolverPool({ work: 0, signal: new AbortController().signal });
afterAll(() => pool.dispose());

/** Largest |a − b| / |b|. */
function relative(a: Iterable<number>, b: readonly number[]): number {
  return Math.max(...[...a].map((value, at) => Math.abs(value / (b[at] ?? 0) - 1)));
}

describeWithPython("ridge against scikit-learn", () => {
  let references: readonly Reference[] = [];
  beforeAll(() => {
    const cases = CASES.map(([, design, standardize]) => ({
      x: rowsOf(design.x, design.columns),
      y: rowsOf(design.y, design.outputs),
      alphas: ALPHAS,
      folds: FOLDS,
      standardize,
    }));
    references = runPython("ridge_selection.py", cases) as readonly Reference[];
  }, 120_000);

  describe.each(CASES.map(([name], index) => [name, index] as const))("%s", (name, index) => {
    const [, design, standardize] = CASES[index] ?? CASES[0];
    const ridge = {
      design,
      final: allRows(design.rows),
      standardize,
      lambdas: Float64Array.from(ALPHAS, (alpha) => alpha / design.rows),
      alphaOf: (lambda: number) => lambda * design.rows,
    };

    test("leave-one-out errors within 1e-8, their standard errors within 1e-6, the same λ", async () => {
      const { errors } = await ridgeClosedForm(pool, ridge, "loo");
      const theirs = references[index];
      expectWithin(
        relative(
          errors.map(({ mean }) => mean),
          theirs?.leaveOneOut ?? [],
        ),
        {
          section: "Choosing λ",
          quantity: `leave-one-out error of ridge, ${name}, relative`,
          formula: "mean (e_i/(1 − h_ii))²",
          reference: "scikit-learn RidgeCV, cv_results_",
          tolerance: 1e-8,
        },
      );
      expect(
        relative(
          errors.map(({ se }) => se),
          theirs?.standardErrors ?? [],
        ),
      ).toBeLessThan(1e-6);
      expect(ALPHAS[bestIndex(errors)]).toBe(theirs?.alpha);
    });

    test("generalised cross-validation within 1e-8 of the hat matrix", async () => {
      const { errors } = await ridgeClosedForm(pool, ridge, "gcv");
      const theirs = references[index]?.generalised ?? [];
      expectWithin(
        relative(
          errors.map(({ mean }) => mean),
          theirs,
        ),
        {
          section: "Choosing λ",
          quantity: `generalised cross-validation of ridge, ${name}, relative`,
          formula: "n⁻¹‖y − ŷ‖²/(1 − tr(H)/n)²",
          reference: "NumPy, hat matrix by SVD",
          tolerance: 1e-8,
        },
      );
    });

    test("errors of every fold and weights within 1e-8", async () => {
      const folds = splitFolds(ridge.final, { folds: FOLDS });
      const found = await crossValidateRidge(pool, { ...ridge, folds });
      const closed = await ridgeClosedForm(pool, ridge, "gcv");
      const theirs = references[index];
      found.foldErrors.forEach((errors, fold) => {
        expect(relative(errors, theirs?.folds[fold] ?? [])).toBeLessThan(1e-8);
      });
      if (standardize) return;
      const size = design.outputs * design.columns;
      ALPHAS.forEach((_alpha, fit) => {
        const own = found.final.coefficients.subarray(fit * size, (fit + 1) * size);
        const expected = theirs?.coef[fit]?.flat() ?? [];
        const largest = Math.max(...expected.map(Math.abs));
        for (const weights of [own, closed.fit(fit).coefficients]) {
          const error = Math.max(...[...weights].map((w, at) => Math.abs(w - (expected[at] ?? 0))));
          expect(error / largest).toBeLessThan(1e-8);
        }
      });
    });
  });
});
