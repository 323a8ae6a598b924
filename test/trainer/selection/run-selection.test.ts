import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseJsonLines } from "../../../core/formats/json-lines.ts";
import { parseMetricLine, parseRunRecord } from "../../../core/protocol/parse-run-files.ts";
import type { LambdaSelection, MetricLine } from "../../../core/protocol/run-files.ts";
import { train } from "../../../trainer/src/train.ts";
import { csvOf } from "../../support/csv-of.ts";
import { expectWithin } from "../../support/expect-within.ts";
import { linearProblem } from "../../support/linear-problem.ts";
import { runExperiment } from "../../support/run-experiment.ts";
import { SMALL_EXPERIMENT, smallWorkspace } from "../../support/small-experiment.ts";

const FILES = {
  "numbers.csv": csvOf(linearProblem({ rows: 90, columns: 6, used: 2, noise: 2 })),
};
const LAMBDAS = "[3, 1, 0.3, 0.1, 0.01]";

/** A lasso, solved or descended on. */
const lasso = (training: string, split: string, select: string) => `name: Lasso
data: { source: csv, path: numbers.csv, target: y, task: regression, standardize: true }
split: { ${split}, seed: 4 }
model: { type: linear }
objective: { loss: mse }
penalty: [{ norm: l1 }]
training: { ${training} }
select: { lambda: ${LAMBDAS}, ${select} }
`;
const DESCENT =
  "solver: gradient_descent, optimizer: fista, learning_rate: 0.1, epochs: 100, snapshot_every: 100, backend: cpu";

function recordOf(folder: string) {
  const record = parseRunRecord(JSON.parse(readFileSync(path.join(folder, "run.json"), "utf8")));
  if (typeof record === "string") throw new TypeError(record);
  return record;
}

function selectionOf(folder: string): LambdaSelection {
  const { selection } = recordOf(folder);
  if (selection === undefined) throw new TypeError(`No λ was chosen in ${folder}`);
  return selection;
}

function metricsOf(folder: string): readonly MetricLine[] {
  return parseJsonLines(readFileSync(path.join(folder, "metrics.jsonl"))).values.flatMap(
    ({ value }) => {
      const line = parseMetricLine(value);
      return typeof line === "string" ? [] : [line];
    },
  );
}

describe("runSelection() finds what the solver finds, on a convex problem", () => {
  test.each([
    ["hold-out", "method: holdout, validation: 0.3, test: 0.2", "rule: best"],
    [
      "hold-out, warm",
      "method: holdout, validation: 0.3, test: 0.2",
      "rule: best, warm_start: true",
    ],
    ["3 folds", "method: kfold, folds: 3, test: 0.2", "rule: one_se"],
    ["3 folds, warm", "method: kfold, folds: 3, test: 0.2", "rule: one_se, warm_start: true"],
  ])("%s", async (name, split, select) => {
    const own = select.replace(", warm_start: true", "");
    const solved = await runExperiment({ text: lasso("solver: auto", split, own), files: FILES });
    const run = await runExperiment({ text: lasso(DESCENT, split, select), files: FILES });
    expect([run.result.error, solved.result.error]).toEqual([undefined, undefined]);

    const [found, wanted] = [selectionOf(run.result.run), selectionOf(solved.result.run)];
    expect([found.lambda, found.rule]).toEqual([wanted.lambda, wanted.rule]);
    expect(found.path.map(({ lambda }) => lambda)).toEqual(wanted.path.map(({ lambda }) => lambda));
    const error = (of: "mean" | "se") =>
      Math.max(
        ...found.path.map((point, index) => Math.abs(point[of] / wanted.path[index]![of] - 1)),
      );
    expectWithin(Math.max(error("mean"), name.startsWith("3") ? error("se") : 0), {
      section: "Choosing λ",
      quantity: `held-out error of a trained path, ${name}, relative`,
      formula: "mean and standard error over held-out parts of the loss at every λ",
      reference: "this project's solver of the same lasso on the same parts, binary64",
      tolerance: 2e-5,
    });
    const tested = Math.abs(run.metric("test/data_loss") / solved.metric("test/data_loss") - 1);
    expect(tested).toBeLessThan(2e-5);
  });
});

const CHOOSING = `${SMALL_EXPERIMENT.replace("lambda: 5e-3, ", "")}select: { lambda: [0.5, 5e-3, 5e-4], penalty: 0 }
`;

describe("runSelection()", () => {
  test("keeps the weights of the chosen λ and looks at the test part once, at the end", async () => {
    const { result, events, log } = await runExperiment({ text: CHOOSING });
    expect(result).toMatchObject({ status: "finished" });
    const record = recordOf(result.run);
    const lines = metricsOf(result.run);
    expect(lines.map(({ step }) => step)).toEqual(
      lines.map(({ step }) => step).toSorted((a, b) => a - b),
    );
    const tested = lines.filter(({ values }) => "test/loss" in values);
    expect(tested.map(({ step }) => step)).toEqual([record.steps_total]);

    const { selection } = record;
    const points = lines.filter(({ values }) => "select/lambda" in values);
    expect(points.map(({ values }) => values["select/lambda"])).toEqual([0.5, 5e-3, 5e-4]);
    const least = Math.min(...(selection?.path ?? []).map(({ mean }) => mean));
    const chosen = selection?.path.find(({ lambda }) => lambda === selection.lambda);
    expect(chosen?.mean).toBe(least);
    expect(Number(result.final["validation/data_loss"])).toBeCloseTo(least, 6);
    // A λ of ½ leaves no weight of the image tower but one by chance.
    expect(selection?.path[0]?.non_zeros).toBeLessThan(chosen?.non_zeros ?? 0);
    expect(record.objective).toContain("λ·‖w‖₁ on image.* + ");
    expect(log).toContain("λ by best of 3 on the 12 rows of the validation part");

    const progress = events.filter((event) => event.type === "progress");
    const steps = progress.map(({ step }) => step);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toMatchObject({ steps_total: record.steps_total, epoch: 6 });
  });

  test("a λ at which the loss leaves the finite numbers has no place on the path", async () => {
    const text = lasso(
      DESCENT.replace("fista", "gradient_descent").replace("epochs: 100", "epochs: 60"),
      "method: holdout, validation: 0.3, test: 0.2",
      "rule: best",
    ).replace("{ norm: l1 }", "{ norm: l2, convention: plain }");
    const run = await runExperiment({ text, files: FILES }, ["select.lambda=[100, 0.1, 0.01]"]);
    expect(run.result).toMatchObject({ status: "finished" });
    expect(selectionOf(run.result.run).path.map(({ lambda }) => lambda)).toEqual([0.1, 0.01]);
    expect(run.log).toContain("λ = 100: diverged");
    const none = await runExperiment({ text, files: FILES }, ["select.lambda=[100, 200]"]);
    expect(none.result.error).toContain("The loss left the finite numbers with every λ");
  });

  test("keeps what is done when it is cancelled", async () => {
    const { folder, spec } = smallWorkspace(CHOOSING);
    const cancel = new AbortController();
    const result = await train(
      { spec, workspace: folder },
      {
        signal: cancel.signal,
        emit: (event) => {
          if (event.type === "message" && event.text.startsWith("λ = ")) cancel.abort();
        },
      },
    );
    expect(result.status).toBe("cancelled");
    const points = metricsOf(result.run).filter(({ values }) => "select/lambda" in values);
    expect(points.map(({ values }) => values["select/lambda"])).toEqual([0.5]);
  });
});

describe("an experiment file that chooses the λ of a network", () => {
  const mlp = (rest: string) => `name: Choose
data: { source: trio, samples: 60 }
model: { type: mlp, modality: image }
objective: { loss: cross_entropy }
training: { epochs: 1 }
${rest}
`;
  test.each([
    [
      "penalty: [{ norm: l1 }]\nselect: { rule: one_se }",
      "one held-out part has no standard error",
    ],
    ["penalty: [{ norm: l2 }]\nselect: { rule: gcv }", "`gcv` is a closed form of linear models"],
    ["penalty: [{ norm: l1 }]\nselect: {}", "no λ is known from which on all weights"],
    [
      "penalty: [{ norm: l1 }, { norm: l2, lambda: 1 }]\nselect: { lambda: [1] }",
      "say which by `penalty`",
    ],
    [
      "penalty: [{ norm: l1 }, { norm: l2 }]\nselect: { lambda: [1], penalty: 0 }",
      "penalty 1 has no λ",
    ],
    ["penalty: [{ norm: l1 }]\nselect: { lambda: [1], penalty: 3 }", "there is no penalty 3"],
    ["select: { lambda: [1] }", "there is no penalty to choose the λ of"],
    [
      "penalty: [{ norm: l1 }]\nsplit: { validation: 0 }\nselect: { lambda: [1] }",
      "nothing is held out",
    ],
    ["split: { method: kfold }", "and there is no `select`"],
  ])("is refused: %j", async (rest, message) => {
    const { result } = await runExperiment({ text: mlp(rest) });
    expect(result).toMatchObject({ isRefused: true });
    expect(result.error).toContain(message);
  });
});
