import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type ClassValidation,
  crossValidateClasses,
} from "../../trainer/src/linear/cross-validate-classes.ts";
import type { Design } from "../../trainer/src/linear/design.ts";
import { shared } from "../../trainer/src/linear/design.ts";
import { splitFolds } from "../../trainer/src/linear/folds.ts";
import { lambdaPath } from "../../trainer/src/linear/lambda-grid.ts";
import { createSolverPool } from "../../trainer/src/linear/solver-pool.ts";
import { createRandom } from "../../trainer/src/random.ts";
import { expectWithin } from "../support/expect-within.ts";
import { allRows, rowsOf } from "../support/linear-problem.ts";
import { describeWithPython, runPython } from "./run-python.ts";

const FOLDS = 3;
const LAMBDAS = [0.1, 0.05, 0.02, 0.01, 0.003];

interface Reference {
  readonly coef: readonly (readonly (readonly number[])[])[];
  readonly intercept: readonly (readonly number[])[];
  readonly losses: readonly (readonly number[])[];
  readonly accuracies: readonly (readonly number[])[];
}

/** Labels drawn from the softmax of a sparse linear function; with two classes that is logistic. */
function labelled(
  rows: number,
  columns: number,
  classes: number,
): { design: Design; labels: number[] } {
  const random = createRandom(classes, "labelled");
  const weights = Array.from({ length: classes * columns }, (_, at) =>
    at % columns < 4 ? 1.5 * random.normal() : 0,
  );
  const x = Float64Array.from({ length: rows * columns }, (_, at) => random.normal() + (at % 3));
  const labels = Array.from({ length: rows }, (_, i) => {
    const scores = Array.from({ length: classes }, (_row, k) => {
      let score = -Math.log(-Math.log(random.uniform() || 0.5));
      for (let j = 0; j < columns; j++) {
        score += (weights[k * columns + j] ?? 0) * ((x[i * columns + j] ?? 0) - (j % 3));
      }
      return score;
    });
    return scores.indexOf(Math.max(...scores));
  });
  const outputs = classes === 2 ? 1 : classes;
  const y = Float64Array.from({ length: rows * outputs }, (_, at) => {
    const label = labels[Math.floor(at / outputs)];
    return label === (outputs === 1 ? 1 : at % outputs) ? 1 : 0;
  });
  return { design: { rows, columns, outputs, x: shared(x), y: shared(y) }, labels };
}

const two = labelled(150, 12, 2);
// With an even number of classes the L1 solution is not unique.
const three = labelled(200, 9, 3);
const CASES = [
  ["logistic, L2", two, 0],
  ["logistic, L1", two, 1],
  ["logistic, elastic net", two, 0.5],
  ["softmax, L2", three, 0],
  ["softmax, L1", three, 1],
] as const;

const pool = createSolverPool({ work: 0, signal: new AbortController().signal });
afterAll(() => pool.dispose());

function solve(
  design: Design,
  ratio: number,
  lambdas?: readonly number[],
): Promise<ClassValidation> {
  const final = allRows(design.rows);
  return crossValidateClasses(pool, {
    design,
    folds: splitFolds(final, { folds: FOLDS }),
    final,
    standardize: false,
    tolerance: 1e-11,
    mostSteps: 500,
    strengthOf: (lambda) => ({ l1: lambda * ratio, l2: lambda * (1 - ratio) }),
    lambdas: (largest) =>
      lambdas === undefined ? lambdaPath(largest, 10, 0.01) : Float64Array.from(lambdas),
  });
}

const distance = (a: Iterable<number>, b: readonly number[]) =>
  Math.max(...[...a].map((value, at) => Math.abs(value - (b[at] ?? Number.NaN))));

describeWithPython("logistic and softmax regression against scikit-learn", () => {
  let references: readonly Reference[] = [];
  beforeAll(() => {
    references = runPython(
      "class_paths.py",
      CASES.map(([, { design, labels }, ratio]) => ({
        x: rowsOf(design.x, design.columns),
        labels,
        ratio,
        lambdas: LAMBDAS,
        folds: FOLDS,
      })),
    ) as readonly Reference[];
  }, 120_000);

  test.each(CASES.map(([name], index) => [name, index] as const))(
    "%s: weights and intercepts within 1e-6, the same zeros",
    async (name, index) => {
      const [, { design }, ratio] = CASES[index] ?? CASES[0];
      const theirs = references[index];
      const { final, worstGap } = await solve(design, ratio, LAMBDAS);
      expect(worstGap).toBeLessThan(1e-10);
      expectWithin(distance(final.coefficients, theirs?.coef.flat(2) ?? []), {
        section: "Paths of λ",
        quantity: `${name}, weights`,
        formula: "min mean −log π(label) + λ(r‖w‖₁ + (1−r)/2‖w‖²)",
        reference: "scikit-learn LogisticRegression, newton-cholesky and saga",
        tolerance: 1e-6,
      });
      if (ratio > 0) {
        expect([...final.coefficients].map((w) => w === 0)).toEqual(
          theirs?.coef.flat(2).map((w) => w === 0),
        );
        expect(final.coefficients).toContain(0);
      }
      expect(
        distance(
          centred(final.intercepts, design.outputs),
          centred(theirs?.intercept.flat() ?? [], design.outputs),
        ),
      ).toBeLessThan(1e-6);
    },
  );

  test.each([0, 3])(
    "log losses of every fold within 1e-8, the same accuracies: case %s",
    async (index) => {
      const [, { design }, ratio] = CASES[index] ?? CASES[0];
      const theirs = references[index];
      const ours = await solve(design, ratio, LAMBDAS);
      ours.foldErrors.forEach((errors, fold) => {
        expect(distance(errors, theirs?.losses[fold] ?? [])).toBeLessThan(1e-8);
        expect(
          distance(ours.foldAccuracies[fold] ?? [], theirs?.accuracies[fold] ?? []),
        ).toBeLessThan(1e-12);
      });
    },
  );
});

/** Adding a constant to all classes' intercepts changes nothing, so they are compared about their mean. */
function centred(intercepts: Iterable<number>, classes: number): number[] {
  const values = [...intercepts];
  if (classes === 1) return values;
  return values.map((value, at) => {
    const first = at - (at % classes);
    const own = values.slice(first, first + classes);
    return value - own.reduce((sum, other) => sum + other, 0) / classes;
  });
}

describe("crossValidateClasses()", () => {
  test.each(
    CASES.slice(1, 2)
      .concat(CASES.slice(4))
      .map(([name], at) => [name, at] as const),
  )("%s: all weights are exact zeros at λ_max, one is not right below it", async (_name, at) => {
    const [, { design }, ratio] = CASES[at === 0 ? 1 : 4] ?? CASES[1];
    const { final } = await solve(design, ratio);
    const size = design.outputs * design.columns;
    expect(final.coefficients.subarray(0, size).every((w) => w === 0)).toBe(true);
    expect(final.coefficients.subarray(size, 2 * size).some((w) => w !== 0)).toBe(true);
  });

  test("refuses more features than curvature has room for", async () => {
    const design = { ...two.design, columns: 5000 };
    await expect(solve(design, 1)).rejects.toThrow(
      "Cannot fit classes on 5000 features; at most 4096",
    );
  });
});
