import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { decodeSafetensors } from "../../core/formats/safetensors.ts";
import { parseRunRecord } from "../../core/protocol/parse-run-files.ts";
import { stepFileName } from "../../core/protocol/run-files.ts";
import { readExperimentFile } from "../../trainer/src/experiment-file.ts";
import { fitByEvidence } from "../../trainer/src/linear/evidence.ts";
import {
  type LinearPreparation,
  prepareLinear,
} from "../../trainer/src/linear/linear-preparation.ts";
import { createSolverPool } from "../../trainer/src/linear/solver-pool.ts";
import { expectWithin } from "../support/expect-within.ts";
import { allRows, linearProblem, rowsOf } from "../support/linear-problem.ts";
import { runExperiment } from "../support/run-experiment.ts";
import { describeWithPython, runPython } from "./run-python.ts";

const EXAMPLE = path.join(import.meta.dirname, "../../examples/lambda-path.normlens.yaml");
/** The sensors that the script which wrote the data gave a weight. */
const TRUE_SUPPORT = [3, 11, 18, 26, 37];
const SECTION = "Choosing λ";

interface Reference {
  readonly lasso: {
    readonly alpha: number;
    readonly alphas: readonly number[];
    readonly mse: readonly (readonly number[])[];
  };
  readonly bayesian: {
    readonly noise: number;
    readonly weights: number;
    readonly coef: readonly number[];
    readonly intercept: number;
  };
}

const signal = new AbortController().signal;
const pool = createSolverPool({ work: 0, signal });
afterAll(() => pool.dispose());
const bayesian = linearProblem({ rows: 80, columns: 12, used: 5, noise: 3 });

describeWithPython("λ as scikit-learn chooses it", () => {
  let reference: Reference;
  let prepared: LinearPreparation;
  beforeAll(async () => {
    const folder = path.dirname(EXAMPLE);
    const file = readExperimentFile(EXAMPLE, folder, []);
    prepared = await prepareLinear(file, { folder, signal, report: () => undefined });
    const { design, split, folds } = prepared;
    reference = runPython("chosen_lambdas.py", {
      lasso: {
        x: rowsOf(design.x, design.columns),
        y: [...design.y],
        rows: [...split.train],
        folds: folds.map(({ train, held }) => [[...train], [...held]]),
        count: 100,
        eps: 1e-3,
      },
      bayesian: { x: rowsOf(bayesian.x, bayesian.columns), y: [...bayesian.y] },
    }) as Reference;
  }, 60_000);

  test("the example's path is LassoCV's, and its rule finds the five sensors", async () => {
    const { result } = await runExperiment({ file: EXAMPLE });
    expect(result).toMatchObject({ status: "finished" });
    const record = parseRunRecord(
      JSON.parse(readFileSync(path.join(result.run, "run.json"), "utf8")),
    );
    const selection = typeof record === "string" ? undefined : record.selection;
    const ours = selection?.path ?? [];
    const { alpha, alphas, mse } = reference.lasso;
    const means = alphas.map((_, k) => mse.reduce((sum, fold) => sum + (fold[k] ?? 0), 0) / 5);
    const errors = alphas.map((_, k) => {
      const mean = means[k] ?? 0;
      const square = mse.reduce((sum, fold) => sum + ((fold[k] ?? 0) - mean) ** 2, 0);
      return Math.sqrt(square / 4 / 5);
    });
    const relative = (values: readonly number[], theirs: readonly number[]) =>
      Math.max(...theirs.map((value, k) => Math.abs((values[k] ?? Number.NaN) / value - 1)));
    const row = (quantity: string, formula: string, tolerance: number) => ({
      section: SECTION,
      quantity,
      formula,
      reference: "scikit-learn LassoCV, tol 1e-13, same folds",
      tolerance,
    });
    expectWithin(
      relative(
        ours.map(({ lambda }) => lambda),
        alphas,
      ),
      row("λ path, relative", "λ_k = λ_max·ε^(k/(K−1)), λ_max = max|Xᵀ(y − ȳ)|/m", 1e-12),
    );
    expectWithin(
      relative(
        ours.map(({ mean }) => mean),
        means,
      ),
      row("K-fold error along the path, relative", "mean over folds of mean (y − ŷ)²", 1e-8),
    );
    expectWithin(
      relative(
        ours.map(({ se }) => se),
        errors,
      ),
      row("its standard error, relative", "sd(fold errors, n − 1)/√K", 1e-7),
    );
    const best = ours.toSorted((a, b) => a.mean - b.mean)[0];
    expect(best?.lambda).toBeCloseTo(alpha, 10);
    const least = means.indexOf(Math.min(...means));
    const within = means.findIndex((mean) => mean <= (means[least] ?? 0) + (errors[least] ?? 0));
    expect(selection?.lambda).toBeCloseTo(alphas[within] ?? Number.NaN, 10);

    const weights = readFileSync(path.join(result.run, "weights", stepFileName(100)));
    const file = decodeSafetensors(weights);
    const coef = "tensors" in file ? file.tensors.find(({ name }) => name === "coef") : undefined;
    const values = [...(coef?.data ?? [])];
    const support = values.flatMap((weight, j) => (Number(weight) === 0 ? [] : [j]));
    expect(support).toEqual(TRUE_SUPPORT);
  });

  test("evidence of one group is BayesianRidge's", async () => {
    const { fits, evidence, strengths } = await fitByEvidence(pool, {
      design: bayesian,
      final: allRows(bayesian.rows),
      standardize: false,
      groupOf: new Int32Array(bayesian.columns),
      groups: 1,
    });
    const { noise, weights, coef, intercept } = reference.bayesian;
    const row = (quantity: string, formula: string) => ({
      section: SECTION,
      quantity,
      formula,
      reference: "scikit-learn BayesianRidge, tol 1e-14, no hyperpriors",
      tolerance: 1e-7,
    });
    const found = evidence.weights[0] ?? Number.NaN;
    expectWithin(
      Math.abs(evidence.noise / noise - 1),
      row("evidence, noise precision, relative", "β = (n − γ)/‖y − Xw‖²"),
    );
    expectWithin(
      Math.abs(found / weights - 1),
      row("evidence, weight precision, relative", "α = γ/‖w‖², γ = p − α·tr(Σ)"),
    );
    expectWithin(
      Math.max(...coef.map((w, j) => Math.abs(w - (fits.coefficients[j] ?? Number.NaN)))),
      row("evidence, weights", "w = β(βXᵀX + αI)⁻¹Xᵀy"),
    );
    expect(fits.intercepts[0]).toBeCloseTo(intercept, 7);
    expect(strengths[0]).toBeCloseTo(found / evidence.noise / bayesian.rows, 12);
  });

  test("groups that share one precision have the evidence of one group; others do not", async () => {
    const { columns, rows } = bayesian;
    const halves = await fitByEvidence(pool, {
      design: bayesian,
      final: allRows(rows),
      standardize: false,
      groupOf: Int32Array.from({ length: columns }, (_, j) => Number(j >= columns / 2)),
      groups: 2,
    });
    // The fixed point, group by group: α_g·‖w_g‖² = γ_g.
    [0, 1].forEach((group) => {
      const own = halves.fits.coefficients.filter((_, j) => Number(j >= columns / 2) === group);
      const norm = own.reduce((sum, weight) => sum + weight * weight, 0);
      const determined = halves.evidence.determined[group] ?? Number.NaN;
      expect(((halves.evidence.weights[group] ?? 0) * norm) / determined).toBeCloseTo(1, 7);
    });
  });
});
