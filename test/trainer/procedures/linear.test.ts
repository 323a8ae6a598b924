import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { decodeSafetensors } from "../../../core/formats/safetensors.ts";
import { parseRunRecord } from "../../../core/protocol/parse-run-files.ts";
import { type RunRecord, stepFileName } from "../../../core/protocol/run-files.ts";
import { train } from "../../../trainer/src/train.ts";
import { csvOf } from "../../support/csv-of.ts";
import { linearProblem } from "../../support/linear-problem.ts";
import { runExperiment } from "../../support/run-experiment.ts";
import { smallWorkspace } from "../../support/small-experiment.ts";

const numbers = linearProblem({ rows: 120, columns: 10, used: 3, noise: 1 });
const two = linearProblem({ rows: 90, columns: 6, outputs: 2, used: 2, noise: 1 });
const median = [...numbers.y].sort((a, b) => a - b)[60] ?? 0;
const ordered = `day,${csvOf(numbers).split("\n")[0]}\n${csvOf(numbers)
  .trim()
  .split("\n")
  .slice(1)
  .map((line, row) => `${200 - row},${line}`)
  .join("\n")}\n`;
const FILES = {
  "ordered.csv": ordered,
  "numbers.csv": csvOf(numbers),
  "two.csv": csvOf(two),
  "classes.csv": csvOf(numbers, (row) => ((numbers.y[row] ?? 0) > median ? "high" : "low")),
  "three.csv": csvOf(numbers, (row) => ["a", "b", "c"][row % 3] ?? "a"),
};

const experiment = (settings: string) => `name: Line
${settings}
`;
const NUMBERS = "data: { source: csv, path: numbers.csv, target: y, task: regression }";
const CLASSES = "data: { source: csv, path: classes.csv, target: label, task: classification }";
const LINEAR = "model: { type: linear }\nobjective: { loss: half_mse }";
const run = (settings: string, set: readonly string[] = []) =>
  runExperiment({ text: experiment(settings), files: FILES }, set);

function recordOf(folder: string): RunRecord {
  const record = parseRunRecord(JSON.parse(readFileSync(path.join(folder, "run.json"), "utf8")));
  if (typeof record === "string") throw new TypeError(record);
  return record;
}

function weightsOf(folder: string, step: number): Record<string, number[]> {
  const file = decodeSafetensors(readFileSync(path.join(folder, "weights", stepFileName(step))));
  if (!("tensors" in file)) throw new TypeError(JSON.stringify(file));
  return Object.fromEntries(
    file.tensors.map(({ name, data }) => [name, Array.from(new Float64Array(data.slice().buffer))]),
  );
}

describe("linear runs", () => {
  test("a λ that is given: weights, metrics and exact zeros", async () => {
    const { result, metric } = await run(
      `${NUMBERS}\n${LINEAR}\npenalty: [{ norm: l1, lambda: 0.5 }]\nsplit: { validation: 0.2, test: 0.2 }`,
    );
    expect(result).toMatchObject({ status: "finished" });
    const { coef = [], intercept = [] } = weightsOf(result.run, 1);
    expect([coef.length, intercept.length]).toEqual([10, 1]);
    expect(coef).toContain(0);
    expect(metric("weights/coef/zero_fraction")).toBe(coef.filter((w) => w === 0).length / 10);
    const l1 = coef.reduce((sum, weight) => sum + Math.abs(weight), 0);
    expect(metric("train/penalty")).toBeCloseTo(0.5 * l1, 10);
    expect(metric("test/data_loss")).toBeCloseTo(metric("test/rmse") ** 2 / 2, 10);
    expect(metric("test/r2")).toBeGreaterThan(0.5);
    expect(recordOf(result.run)).toMatchObject({
      objective: "mean half_mse + 0.5·‖w‖₁",
      penalties: [{ norm: "l1", lambda: 0.5 }],
      reached: { step: 1, epoch: 1 },
    });
  });

  test("without a penalty it is least squares: residuals are orthogonal to every feature", async () => {
    const { result } = await run(`${NUMBERS}\n${LINEAR}\nsplit: { validation: 0, test: 0 }`);
    const { coef = [], intercept = [] } = weightsOf(result.run, 1);
    const residual = (i: number) =>
      (numbers.y[i] ?? 0) -
      (intercept[0] ?? 0) -
      coef.reduce((sum, w, j) => sum + w * (numbers.x[i * 10 + j] ?? 0), 0);
    for (let j = 0; j < 10; j++) {
      let sum = 0;
      for (let i = 0; i < 120; i++) sum += residual(i) * (numbers.x[i * 10 + j] ?? 0);
      expect(Math.abs(sum)).toBeLessThan(1e-9);
    }
  });

  test("K folds with one standard error: the path is in run.json and in the metrics", async () => {
    const { result, metric, log, events } = await run(
      `${NUMBERS}\n${LINEAR}\npenalty: [{ norm: l1 }]\nsplit: { method: kfold, folds: 4, test: 0.2 }\nselect: { lambda: { path: 20 }, rule: one_se }`,
    );
    expect(result).toMatchObject({ status: "finished" });
    const { selection, samples, steps_total } = recordOf(result.run);
    expect(samples).toEqual({ train: 96, validation: 0, test: 24 });
    expect(steps_total).toBe(20);
    expect(selection?.path).toHaveLength(20);
    expect(selection?.path[0]?.non_zeros).toBe(0);
    const best = selection?.path.toSorted((a, b) => a.mean - b.mean)[0];
    const chosen = selection?.path.find(({ lambda }) => lambda === selection.lambda);
    expect(chosen?.lambda).toBeGreaterThanOrEqual(best?.lambda ?? Number.NaN);
    expect(chosen?.mean).toBeLessThanOrEqual((best?.mean ?? 0) + (best?.se ?? 0));
    expect(metric("validation/data_loss")).toBeCloseTo((chosen?.mean ?? 0) / 2, 12);
    expect(log).toContain(`λ = ${selection?.lambda} by one_se`);
    expect(events.filter(({ type }) => type === "progress").length).toBe(5);
    // Nothing is stepped, so there is no loss of a step and no rate to tell.
    expect(JSON.stringify(events)).not.toMatch(/"(loss|samples_per_second)":/);
    expect(readFileSync(path.join(result.run, "metrics.jsonl"), "utf8")).toContain("select/mean");
  });

  test("time-ordered and grouped folds come from columns of the table", async () => {
    const select = "penalty: [{ norm: l1 }]\nselect: { lambda: { path: 5 } }";
    const data = "data: { source: csv, path: ordered.csv, target: y, task: regression }";
    const order = await run(
      `${data}\n${LINEAR}\n${select}\nsplit: { method: kfold, folds: 3, test: 0.25, order: day }`,
    );
    expect(order.result).toMatchObject({ status: "finished" });
    expect(recordOf(order.result.run).samples).toEqual({ train: 90, validation: 0, test: 30 });
    const group = await run(
      `${data}\n${LINEAR}\n${select}\nsplit: { method: kfold, folds: 3, group: day }`,
    );
    expect(group.result).toMatchObject({ status: "finished" });
  });

  test("a run that is cancelled while it solves says so and keeps its folder", async () => {
    const controller = new AbortController();
    const { folder, spec } = smallWorkspace(
      experiment(
        `${NUMBERS}\n${LINEAR}\npenalty: [{ norm: l1 }]\nsplit: { method: kfold }\nselect: {}`,
      ),
    );
    writeFileSync(path.join(folder, "numbers.csv"), FILES["numbers.csv"]);
    const result = await train(
      { spec, workspace: folder },
      {
        signal: controller.signal,
        emit: ({ type }) => {
          if (type === "progress") controller.abort(new Error("Stopped"));
        },
      },
    );
    expect(result.status).toBe("cancelled");
    expect(recordOf(result.run).status).toBe("cancelled");
  });

  test.each(["loo", "gcv"])(
    "%s chooses an L2 penalty without holding anything out",
    async (rule) => {
      const { result } = await run(
        `${NUMBERS}\n${LINEAR}\npenalty: [{ norm: l2 }]\nsplit: { validation: 0, test: 0.2 }\nselect: { lambda: [0.001, 1, 0.03], rule: ${rule} }`,
      );
      expect(result).toMatchObject({ status: "finished" });
      const { selection } = recordOf(result.run);
      expect(selection?.path.map(({ lambda }) => lambda)).toEqual([1, 0.03, 0.001]);
      expect([0.03, 0.001]).toContain(selection?.lambda);
    },
  );

  test("evidence gives every group its λ, features that say nothing a large one", async () => {
    // The features with a weight are 0, 3 and 6.
    const { result, log } = await run(
      `${NUMBERS}\n${LINEAR}\npenalty: [{ norm: l2 }]\nselect: { rule: evidence, groups: { used: "x0", first: "x1" } }`,
    );
    expect(result).toMatchObject({ status: "finished" });
    const groups = recordOf(result.run).selection?.groups ?? {};
    expect(Object.keys(groups)).toEqual(["used", "first", "others"]);
    expect(groups["first"]).toBeGreaterThan(10 * (groups["used"] ?? Number.NaN));
    expect(log).toContain("for the features of first");
  });

  test("logistic and softmax regression on classes", async () => {
    const penalty = "penalty: [{ norm: elastic_net, lambda: 0.02, l1_ratio: 0.5 }]";
    const logistic = await run(
      `${CLASSES}\nmodel: { type: logistic }\nobjective: { loss: logistic }\n${penalty}`,
    );
    expect(logistic.result).toMatchObject({ status: "finished" });
    expect(logistic.metric("test/accuracy")).toBeGreaterThan(0.7);
    const softmax = await run(
      `${CLASSES}\nmodel: { type: softmax }\nobjective: { loss: cross_entropy }\n${penalty}\nsplit: { method: kfold, folds: 3 }\nselect: { lambda: { path: 8 } }`,
    );
    expect(softmax.result).toMatchObject({ status: "finished" });
    expect(weightsOf(softmax.result.run, 8)["coef"]).toHaveLength(20);
    expect(softmax.metric("train/accuracy")).toBeGreaterThan(0.7);
  });

  test("several targets with a group lasso share their features", async () => {
    const { result } = await run(
      `data: { source: csv, path: two.csv, target: [y0, y1], task: regression, standardize: true }\n${LINEAR}\npenalty: [{ norm: group_lasso, lambda: 0.8, groups: inputs }]`,
    );
    expect(result).toMatchObject({ status: "finished" });
    const { coef = [] } = weightsOf(result.run, 1);
    const pairs = Array.from({ length: 6 }, (_, j) => coef.slice(2 * j, 2 * j + 2));
    for (const [a, b] of pairs) expect(a === 0).toBe(b === 0);
    expect(coef).toContain(0);
  });

  test("solver: gradient_descent trains the same model by steps", async () => {
    const { result, metric } = await run(
      `${NUMBERS}\n${LINEAR}\npenalty: [{ norm: l2, lambda: 0.1 }]\ntraining: { solver: gradient_descent, optimizer: gradient_descent, learning_rate: 0.02, epochs: 300, backend: cpu, snapshot_every: 300 }`,
    );
    expect(result).toMatchObject({ status: "finished" });
    expect(recordOf(result.run).backend).toBe("cpu");
    expect(metric("test/r2")).toBeGreaterThan(0.5);
  });

  test.each([
    [
      "a loss that is another model's",
      `${NUMBERS}\nmodel: { type: linear }\nobjective: { loss: logistic }`,
      "`model.type: linear` is not fitted by `logistic`; its losses are half_mse, mse",
    ],
    [
      "classes for a linear model",
      `${CLASSES}\n${LINEAR}`,
      "`linear` predicts numbers, and the data has none to predict",
    ],
    [
      "three classes for logistic",
      "data: { source: csv, path: three.csv, target: label, task: classification }\nmodel: { type: logistic }\nobjective: { loss: logistic }",
      "`logistic` tells two classes apart, the data has 3; take `softmax`",
    ],
    [
      "two penalties to select",
      `${NUMBERS}\n${LINEAR}\npenalty: [{ norm: l1 }, { norm: l2 }]\nselect: {}`,
      "`select` chooses the λ of one penalty, there are 2",
    ],
    [
      "no penalty to select",
      `${NUMBERS}\n${LINEAR}\nselect: {}`,
      "`select` chooses the λ of one penalty, there are 0",
    ],
    [
      "leave-one-out with L1",
      `${NUMBERS}\n${LINEAR}\npenalty: [{ norm: l1 }]\nselect: { rule: loo }`,
      "`loo` is a closed form of linear models with one L2 penalty",
    ],
    [
      "one standard error of one part",
      `${NUMBERS}\n${LINEAR}\npenalty: [{ norm: l1 }]\nselect: { rule: one_se }`,
      "one held-out part has no standard error",
    ],
    [
      "nothing held out",
      `${NUMBERS}\n${LINEAR}\npenalty: [{ norm: l1 }]\nselect: {}\nsplit: { validation: 0 }`,
      "nothing is held out to choose λ on",
    ],
    [
      "a penalty that the solver has not",
      `${NUMBERS}\n${LINEAR}\npenalty: [{ norm: max_norm, limit: 1 }]`,
      "the solver of linear models has no `max_norm`",
    ],
    [
      "a penalty on nothing",
      `${NUMBERS}\n${LINEAR}\npenalty: [{ norm: l1, lambda: 1, on: "image.*" }]`,
      "`image.*` matches no parameter; weights are coef",
    ],
    [
      "more folds than rows",
      `${NUMBERS}\n${LINEAR}\npenalty: [{ norm: l1 }]\nselect: {}\nsplit: { method: kfold, folds: 500 }`,
      "Cannot make 500 folds of 120 rows. Take fewer `split.folds`",
    ],
    ["no λ and no select", `${NUMBERS}\n${LINEAR}\npenalty: [{ norm: l1 }]`, "`lambda` is missing"],
    [
      "K folds for a network",
      `${NUMBERS}\nmodel: { type: mlp }\nobjective: { loss: half_mse }\ntraining: { epochs: 1 }\nsplit: { method: kfold }`,
      "parts are held out in turn to choose λ only",
    ],
    [
      "select for a network",
      `${NUMBERS}\nmodel: { type: mlp }\nobjective: { loss: half_mse }\npenalty: [{ norm: l1, lambda: 1 }]\ntraining: { epochs: 1 }\nselect: {}`,
      "no λ is known from which on all weights of a network are zero",
    ],
  ])("refuses %s", async (_name, settings, message) => {
    const { result } = await run(settings);
    expect(result.status).toBe("failed");
    expect(result.error).toContain(message);
  });
});
