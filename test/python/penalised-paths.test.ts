import { afterAll, beforeAll, expect, test } from "vitest";
import { bestIndex } from "../../trainer/src/linear/choose-lambda.ts";
import type { CrossValidation } from "../../trainer/src/linear/collect-fits.ts";
import { crossValidate } from "../../trainer/src/linear/cross-validate.ts";
import type { Design } from "../../trainer/src/linear/design.ts";
import { splitFolds } from "../../trainer/src/linear/folds.ts";
import { lambdaPath } from "../../trainer/src/linear/lambda-grid.ts";
import { createSolverPool } from "../../trainer/src/linear/solver-pool.ts";
import { createRandom } from "../../trainer/src/random.ts";
import { expectWithin } from "../support/expect-within.ts";
import { allRows, linearProblem, rowsOf } from "../support/linear-problem.ts";
import { describeWithPython, runPython } from "./run-python.ts";

const COUNT = 20;
const FOLDS = 5;
/** Duality gap over Σ(y − ȳ)²: far below what the comparisons ask for. */
const TOLERANCE = 1e-15;

interface CrossValidated {
  readonly alphas: readonly number[];
  readonly alpha: number;
  readonly mse: readonly (readonly number[])[];
  readonly path: readonly (readonly number[])[];
  readonly intercept: number;
  readonly coef: readonly number[];
}

const small = linearProblem({ rows: 123, columns: 30, used: 6, noise: 2 });
const wide = linearProblem({ rows: 60, columns: 520, used: 8, noise: 1 });
const degenerate = withDegenerateColumns(small);
const tasks = linearProblem({ rows: 90, columns: 20, outputs: 3, used: 5, noise: 2 });
const gapped = withGaps(small);
const CASES = [
  ["lasso", small, 1, 1e-3],
  ["elastic net", small, 0.5, 1e-3],
  // With as many weights as rows coordinate descent no longer gets to 1e-9, theirs nor ours.
  ["lasso with more features than rows", wide, 1, 0.1],
  ["elastic net with zero and equal columns", degenerate, 0.7, 1e-3],
] as const;
const PIPED_ALPHAS = [1, 0.3, 0.1, 0.03];
const MULTI_ALPHAS = [2, 0.7, 0.2, 0.05];
const random = createRandom(3, "splits");
const SPLITS = {
  rows: 47,
  folds: 4,
  labels: Array.from({ length: 47 }, () => random.integer(3)),
  groups: Array.from({ length: 47 }, () => random.integer(9)),
  order: Array.from({ length: 47 }, () => random.uniform()),
};

function withDegenerateColumns(design: Design): Design {
  const x = Float64Array.from(design.x);
  for (let i = 0; i < design.rows; i++) {
    x[i * design.columns + 4] = 0;
    x[i * design.columns + 9] = 7.3;
    x[i * design.columns + 12] = x[i * design.columns + 5] ?? 0;
  }
  return { ...design, x };
}

function withGaps(design: Design): Design {
  const x = Float64Array.from(design.x);
  const draws = createRandom(9, "gaps");
  for (let at = 0; at < x.length; at++) if (draws.uniform() < 0.1) x[at] = Number.NaN;
  return { ...design, x };
}

const pool = createSolverPool({ work: 0, signal: new AbortController().signal });
afterAll(() => pool.dispose());

function solve(
  design: Design,
  ratio: number,
  options: {
    eps?: number;
    alphas?: readonly number[];
    standardize?: boolean;
    isGrouped?: boolean;
  } = {},
): Promise<CrossValidation> {
  const final = allRows(design.rows);
  return crossValidate(pool, {
    design,
    folds: splitFolds(final, { folds: FOLDS }),
    final,
    standardize: options.standardize ?? false,
    isGrouped: options.isGrouped ?? false,
    tolerance: TOLERANCE,
    mostSweeps: 100_000,
    strengthOf: (lambda) => ({ l1: lambda * ratio, l2: lambda * (1 - ratio) }),
    lambdas: (largest) =>
      options.alphas === undefined
        ? lambdaPath(largest, COUNT, options.eps ?? 1e-3)
        : Float64Array.from(options.alphas),
  });
}

/** Largest |a − b|, each over 1 + |b|. */
function distance(a: Iterable<number>, b: Iterable<number>): number {
  const other = [...b];
  const own = [...a];
  expect(own.length).toBe(other.length);
  return Math.max(
    ...own.map((value, i) => Math.abs(value - (other[i] ?? 0)) / (1 + Math.abs(other[i] ?? 0))),
  );
}

/** Largest |a − b| / |b|. */
function relative(a: Iterable<number>, b: Iterable<number>): number {
  const other = [...b];
  return Math.max(...[...a].map((value, i) => Math.abs(value / (other[i] ?? 0) - 1)));
}

describeWithPython("paths and cross-validation against scikit-learn", () => {
  let answers: readonly unknown[] = [];
  beforeAll(() => {
    const dataOf = (design: Design) => ({
      x: rowsOf(design.x, design.columns),
      y: rowsOf(design.y, design.outputs),
      folds: FOLDS,
    });
    answers = runPython("penalised_paths.py", [
      ...CASES.map(([, design, ratio, eps]) => ({
        ...dataOf(design),
        type: "crossValidated",
        ratio,
        count: COUNT,
        eps,
      })),
      ...[true, false].map((standardize) => ({
        ...dataOf(gapped),
        type: "piped",
        alphas: PIPED_ALPHAS,
        ratio: 1,
        standardize,
      })),
      ...[1, 0.6].map((ratio) => ({
        ...dataOf(tasks),
        type: "multiTask",
        alphas: MULTI_ALPHAS,
        ratio,
      })),
      { type: "splits", ...SPLITS },
    ]) as readonly unknown[];
  }, 120_000);

  test.each(CASES.map(([name], index) => [name, index] as const))(
    "%s: the grid within 1e-12, errors of every fold within 1e-9, the same λ",
    async (name, index) => {
      const [, design, ratio, eps] = CASES[index] ?? CASES[0];
      const theirs = answers[index] as CrossValidated;
      const ours = await solve(design, ratio, { eps });
      const row = (quantity: string, formula: string, tolerance: number) => ({
        section: "Paths of λ",
        quantity: `${name}, ${quantity}, relative`,
        formula,
        reference: "scikit-learn ElasticNetCV, tol 1e-14",
        tolerance,
      });
      expectWithin(
        relative(ours.lambdas, theirs.alphas),
        row("grid", "λ_k = λ_max·ε^(k/(K−1))", 1e-12),
      );
      expectWithin(
        Math.max(
          ...ours.foldErrors.map((errors, fold) => relative(errors, theirs.mse[fold] ?? [])),
        ),
        row("errors of every fold", "mean (y − ŷ)² of the held rows", 1e-9),
      );
      const best = bestIndex(ours.errors);
      expect(best).toBe(theirs.alphas.indexOf(theirs.alpha));
      expect(ours.final.intercepts[best]).toBeCloseTo(theirs.intercept, 7);
    },
  );

  test.each(CASES.slice(0, 3).map(([name], index) => [name, index] as const))(
    "%s: weights along the path within 1e-6, with the same zeros",
    async (name, index) => {
      const [, design, ratio, eps] = CASES[index] ?? CASES[0];
      const theirs = answers[index] as CrossValidated;
      const { final } = await solve(design, ratio, { eps });
      const path = rowsOf(final.coefficients, design.columns);
      expectWithin(Math.max(...path.map((weights, k) => distance(weights, theirs.path[k] ?? []))), {
        section: "Paths of λ",
        quantity: `${name}, weights along the path`,
        formula: "min 1/(2m)‖y − Xw‖² + λ(r‖w‖₁ + (1−r)/2‖w‖²)",
        reference: "scikit-learn enet_path, tol 1e-14",
        tolerance: 1e-6,
      });
      path.forEach((weights, k) => {
        expect(weights.map((w) => w !== 0)).toEqual(theirs.path[k]?.map((w) => w !== 0));
      });
    },
  );

  test.each([
    ["imputation and standardisation", true, 0],
    ["imputation", false, 1],
  ] as const)("%s fitted inside the fold: errors within 1e-9", async (_name, standardize, at) => {
    const { mse } = answers[CASES.length + at] as CrossValidated;
    const ours = await solve(gapped, 1, { alphas: PIPED_ALPHAS, standardize });
    ours.foldErrors.forEach((errors, fold) => {
      expect(relative(errors, mse[fold] ?? [])).toBeLessThan(1e-9);
    });
  });

  test.each([
    ["lasso", 1, 0],
    ["elastic net", 0.6, 1],
  ] as const)("multi-task %s: weights within 1e-6, whole rows zero", async (name, ratio, at) => {
    const theirs = answers[CASES.length + 2 + at] as {
      coef: number[][][];
      intercept: number[][];
    };
    const ours = await solve(tasks, ratio, { alphas: MULTI_ALPHAS, isGrouped: true });
    expectWithin(distance(ours.final.coefficients, theirs.coef.flat(2)), {
      section: "Paths of λ",
      quantity: `multi-task ${name}, weights`,
      formula: "min 1/(2m)‖Y − XW‖² + λ(r Σ‖W_j‖₂ + (1−r)/2‖W‖²)",
      reference: "scikit-learn MultiTaskElasticNet, tol 1e-14",
      tolerance: 1e-6,
    });
    expect(distance(ours.final.intercepts, theirs.intercept.flat())).toBeLessThan(1e-6);
    expect([...ours.final.coefficients].map((w) => w === 0)).toEqual(
      theirs.coef.flat(2).map((w) => w === 0),
    );
    expect(ours.final.coefficients).toContain(0);
  });

  test.each([
    ["plain", {}],
    ["stratified", { labels: SPLITS.labels }],
    ["grouped", { groups: SPLITS.groups }],
    ["ordered", { order: SPLITS.order }],
  ] as const)("%s folds are the same", (name, settings) => {
    const theirs = (answers.at(-1) as Record<string, { train: number[]; held: number[] }[]>)[name];
    const ours = splitFolds(allRows(SPLITS.rows), { folds: SPLITS.folds, ...settings });
    expect(ours.map(({ train, held }) => ({ train: [...train], held: [...held] }))).toEqual(theirs);
  });
});
