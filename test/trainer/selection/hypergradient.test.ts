import { writeFileSync } from "node:fs";
import path from "node:path";
import { Matrix, solve } from "ml-matrix";
import { describe, expect, onTestFinished, test } from "vitest";
import { selectBackend } from "../../../trainer/src/backends/select.ts";
import { evaluate } from "../../../trainer/src/evaluate.ts";
import { readExperimentFile } from "../../../trainer/src/experiment-file.ts";
import { readWeights, restoreWeights } from "../../../trainer/src/kept-weights.ts";
import { type Preparation, prepareTraining } from "../../../trainer/src/preparation.ts";
import { assignFlat } from "../../../trainer/src/selection/flat-parameters.ts";
import { hypergradients } from "../../../trainer/src/selection/hypergradient.ts";
import { createTrainingStep } from "../../../trainer/src/training-step.ts";
import { csvOf } from "../../support/csv-of.ts";
import { expectWithin } from "../../support/expect-within.ts";
import { linearProblem } from "../../support/linear-problem.ts";
import { loadContext } from "../../support/load-context.ts";
import { smallWorkspace } from "../../support/small-experiment.ts";

const COLUMNS = 6;
const problem = linearProblem({ rows: 80, columns: COLUMNS, used: 3, noise: 2 });
/** So many rows that the kinks of ReLU, of which each row has its own, come to a smooth curve. */
const many = linearProblem({ rows: 2000, columns: 3, used: 2, noise: 2 });
/** A bent line, of the order of 1. */
const bent = { ...many, y: many.y.map((value) => Math.tanh(value / 4)) };

async function prepared(text: string) {
  await selectBackend("cpu", () => undefined);
  const { folder, spec } = smallWorkspace(text);
  writeFileSync(path.join(folder, "numbers.csv"), csvOf(problem));
  writeFileSync(path.join(folder, "bent.csv"), csvOf(bent));
  const preparation = await prepareTraining(
    readExperimentFile(spec, folder, []),
    loadContext({ folder }),
  );
  onTestFinished(() => preparation.model.dispose());
  return preparation;
}

const experiment = (
  model: string,
  penalty: string,
  training = "solver: gradient_descent, epochs: 1",
) => `name: Learn λ
data: { source: csv, path: numbers.csv, target: y, task: regression, standardize: true }
split: { validation: 0.4, test: 0, seed: 2 }
model: ${model}
objective: { loss: half_mse }
penalty: ${penalty}
training: { optimizer: fista, ${training}, backend: cpu }
select: { rule: hypergradient }
`;

/** ½‖y − Xw − b‖²/m over rows as [X 1]: its Gram matrix, its linear part and its gradient. */
function quadratic(x: Float64Array, y: Float64Array, rows: Int32Array) {
  const design = new Matrix(
    Array.from(rows, (row) => [...x.subarray(row * COLUMNS, (row + 1) * COLUMNS), 1]),
  );
  const target = Matrix.columnVector(Array.from(rows, (row) => y[row] ?? 0));
  const m = rows.length;
  return {
    gram: design.transpose().mmul(design).div(m),
    linear: design.transpose().mmul(target).div(m),
    gradientAt: (w: Matrix) => design.transpose().mmul(design.mmul(w).sub(target)).div(m),
  };
}

const PENALISED = [...Array.from({ length: COLUMNS }, () => 1), 0];

describe("hypergradients() of a linear model are those of the closed form", () => {
  test.each([
    ["ridge regression", "{ norm: l2, lambda: 0.5, convention: half }", 0, 0.5],
    ["lasso", "{ norm: l1, lambda: 0.4 }", 0.4, 0],
    ["an elastic net", "{ norm: elastic_net, lambda: 0.6, l1_ratio: 0.5 }", 0.3, 0.3],
  ])("%s", async (name, penalty, l1, l2) => {
    const preparation = await prepared(experiment("{ type: linear }", `[${penalty}]`));
    const { dataset, split, model } = preparation;
    const x = Float64Array.from(dataset.modalities[0]?.data ?? []);
    const y = Float64Array.from(dataset.targets?.data ?? []);
    const training = quadratic(x, y, split.train);
    const validation = quadratic(x, y, split.validation);

    // The minimum by coordinate descent in binary64, and the implicit derivative on its support.
    const w = Matrix.zeros(COLUMNS + 1, 1);
    for (let sweep = 0; sweep < 5000; sweep++) {
      for (let j = 0; j <= COLUMNS; j++) {
        const own = training.gram.get(j, j);
        const rest =
          training.linear.get(j, 0) -
          training.gram.getRowVector(j).mmul(w).get(0, 0) +
          own * w.get(j, 0);
        const [a, s] = [l1 * PENALISED[j]!, l2 * PENALISED[j]!];
        w.set(j, 0, (Math.sign(rest) * Math.max(0, Math.abs(rest) - a)) / (own + s));
      }
    }
    const support = [...Array(COLUMNS + 1).keys()].filter((j) => w.get(j, 0) !== 0);
    expect(support.length).toBeLessThanOrEqual(l1 > 0 ? COLUMNS : COLUMNS + 1);
    const hessian = training.gram.clone().add(Matrix.diag(PENALISED.map((one) => one * l2)));
    const slope = support.map(
      (j) => PENALISED[j]! * (l1 * Math.sign(w.get(j, 0)) + l2 * w.get(j, 0)),
    );
    const moved = solve(hessian.selection(support, support), Matrix.columnVector(slope));
    const gradient = validation.gradientAt(w);
    const exact = -support.reduce((sum, j, at) => sum + gradient.get(j, 0) * moved.get(at, 0), 0);

    assignFlat(
      model.parameters,
      Float64Array.from(
        model.parameters.flatMap(({ kind }) =>
          kind === "bias" ? [w.get(COLUMNS, 0)] : w.to1DArray().slice(0, COLUMNS),
        ),
      ),
    );
    const settings = {
      rows: split.train,
      trained: model.parameters,
      damping: 0,
      iterations: 30,
      tolerance: 1e-5,
    };
    const { byEntry, isIndefinite } = await hypergradients(preparation, settings);
    expect(isIndefinite).toBe(false);
    expectWithin(Math.abs((byEntry.get(0) ?? Number.NaN) / exact - 1), {
      section: "Choosing λ",
      quantity: `hypergradient of ${name}, relative`,
      formula: "dv/d log λ = −λ∇Rᵀ H⁻¹∇v, products with H by central differences",
      reference: "closed form in binary64, minimum by coordinate descent",
      tolerance: 5e-5,
    });
  });
});

describe("hypergradients() of an MLP", () => {
  const MLP = "{ type: mlp, hidden: [4] }";
  const STEPS = 1200;

  /** An MLP at its minimum, and what its held-out loss becomes at the minimum nearby with other λ. */
  async function trained(lambdas: readonly number[]) {
    const preparation = await prepared(
      experiment(
        MLP,
        "[{ norm: l2, lambda: 0.01, on: 'fc1.*' }, { norm: l2, lambda: 0.03, on: 'fc2.*' }]",
        `learning_rate: 0.2, epochs: ${STEPS}, seed: 3`,
      ).replace("numbers.csv", "bent.csv"),
    );
    const step = createTrainingStep(preparation, () => undefined);
    onTestFinished(() => step.dispose());
    const { parameters } = preparation.model;
    const minimise = async (wanted: readonly number[]) => {
      for (const [index, { strength }] of preparation.penalties.variable) {
        strength.set(wanted[index] ?? Number.NaN);
      }
      step.restart();
      for (let made = 0; made < STEPS; made++) await step.run(preparation.split.train, false);
      step.settle();
    };
    await minimise(lambdas);
    const start = await readWeights(parameters);
    const lossWith = async (wanted: readonly number[]) => {
      restoreWeights(parameters, start);
      await minimise(wanted);
      const found = await heldOut(preparation);
      restoreWeights(parameters, start);
      return found;
    };
    return { preparation, lossWith };
  }

  async function heldOut({ model, dataset, split, experiment: { objective } }: Preparation) {
    const task = { model, dataset, objective, batchSize: 1000, penalty: 0 };
    const { values } = await evaluate(task, split.validation, new AbortController().signal);
    return values["data_loss"] ?? Number.NaN;
  }

  test("are those of trainings with other λ", { timeout: 120_000 }, async () => {
    const [a, b] = [0.01, 0.03];
    const { preparation, lossWith } = await trained([a, b]);
    const { byEntry, residual } = await hypergradients(preparation, {
      rows: preparation.split.train,
      trained: preparation.model.parameters,
      damping: 0,
      iterations: 60,
      tolerance: 1e-3,
    });
    expect(residual).toBeLessThan(1e-2);
    const factor = Math.exp(0.1);
    const difference = async (above: readonly number[], below: readonly number[]) =>
      ((await lossWith(above)) - (await lossWith(below))) / 0.2;
    const first = await difference([a * factor, b], [a / factor, b]);
    const second = await difference([a, b * factor], [a, b / factor]);
    const error = Math.max(
      Math.abs((byEntry.get(0) ?? Number.NaN) / first - 1),
      Math.abs((byEntry.get(1) ?? Number.NaN) / second - 1),
    );
    expectWithin(error, {
      section: "Choosing λ",
      quantity: "hypergradient of an MLP with two penalties, relative",
      formula: "dv/d log λ = −λ∇Rᵀ H⁻¹∇v, products with H by central differences",
      reference: "held-out losses of the MLP trained on to its minimum with λe^±0.1",
      tolerance: 0.1,
    });
  });
});
