import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { decodeSafetensors, type SafetensorsContents } from "../../../core/formats/safetensors.ts";
import { parseRunRecord } from "../../../core/protocol/parse-run-files.ts";
import { type LambdaSelection, RUN_FILES, stepFileName } from "../../../core/protocol/run-files.ts";
import type { LinearPreparation } from "../../../trainer/src/linear/linear-preparation.ts";
import { writePath } from "../../../trainer/src/linear/write-path.ts";
import { csvOf } from "../../support/csv-of.ts";
import { linearProblem } from "../../support/linear-problem.ts";
import { runExperiment } from "../../support/run-experiment.ts";

const numbers = linearProblem({ rows: 90, columns: 8, used: 3, noise: 1 });
const FILES = {
  "numbers.csv": csvOf(numbers),
  "classes.csv": csvOf(numbers, (row) => ["a", "b", "c"][row % 3] ?? "a"),
};
const NUMBERS = `name: Path
data: { source: csv, path: numbers.csv, target: y, task: regression }
model: { type: linear }
objective: { loss: half_mse }
`;
const run = (text: string) => runExperiment({ text, files: FILES });

function tensorsIn(file: string): SafetensorsContents {
  const contents = decodeSafetensors(readFileSync(file));
  if ("problem" in contents) throw new TypeError(contents.problem);
  return contents;
}

function valuesOf({ tensors }: SafetensorsContents, name: string): number[] {
  const found = tensors.find((tensor) => tensor.name === name);
  if (!(found?.data instanceof Float64Array)) throw new TypeError(`no ${name}`);
  return [...found.data];
}

function selectionOf(folder: string): LambdaSelection {
  const record = parseRunRecord(JSON.parse(readFileSync(path.join(folder, "run.json"), "utf8")));
  if (typeof record === "string" || record.selection === undefined) throw new TypeError("no path");
  return record.selection;
}

describe("the path of a run", () => {
  test.each([
    ["the lasso", "penalty: [{ norm: l1 }]\nsplit: { method: kfold }", "one_se"],
    ["ridge over folds", "penalty: [{ norm: l2 }]\nsplit: { method: kfold }", "best"],
    ["ridge in closed form", "penalty: [{ norm: l2 }]\nsplit: { test: 0.2 }", "loo"],
  ])(
    "of %s holds the model of the run, and zeros as the record counts them",
    async (_name, settings, rule) => {
      const { result } = await run(
        `${NUMBERS}${settings}\nselect: { lambda: { path: 15 }, rule: ${rule} }\n`,
      );
      expect(result).toMatchObject({ status: "finished" });
      const selection = selectionOf(result.run);
      const stored = tensorsIn(path.join(result.run, RUN_FILES.path));
      expect(valuesOf(stored, "lambda")).toEqual(selection.path.map(({ lambda }) => lambda));
      const { features } = stored.metadata;
      const coef = valuesOf(stored, "coef");
      const at = selection.path.findIndex(({ lambda }) => lambda === selection.lambda);
      const weights = tensorsIn(path.join(result.run, "weights", stepFileName(15)));
      expect(coef.slice(at * 8, (at + 1) * 8)).toEqual(valuesOf(weights, "coef"));
      for (const [index, { non_zeros }] of selection.path.entries()) {
        const own = coef.slice(index * 8, (index + 1) * 8);
        expect(own.filter((weight) => weight !== 0)).toHaveLength(non_zeros);
      }
      expect(JSON.parse(features ?? "")).toHaveLength(8);
    },
  );

  test("agrees at any λ with a run of that λ alone, to 1e-6", async () => {
    const { result } = await run(
      `${NUMBERS}penalty: [{ norm: l1 }]\nsplit: { method: kfold, test: 0 }\nselect: { lambda: { path: 15 } }\n`,
    );
    const stored = tensorsIn(path.join(result.run, RUN_FILES.path));
    const lambda = valuesOf(stored, "lambda")[9];
    const alone = await run(
      `${NUMBERS}penalty: [{ norm: l1, lambda: ${lambda} }]\nsplit: { validation: 0, test: 0 }\n`,
    );
    const weights = tensorsIn(path.join(alone.result.run, "weights", stepFileName(1)));
    const own = valuesOf(stored, "coef").slice(9 * 8, 10 * 8);
    for (const [index, weight] of valuesOf(weights, "coef").entries()) {
      expect(own[index]).toBeCloseTo(weight, 6);
    }
    expect(existsSync(path.join(alone.result.run, RUN_FILES.path))).toBe(false);
  });

  test("has one coefficient a class", async () => {
    const { result } = await run(`name: Classes
data: { source: csv, path: classes.csv, target: label, task: classification }
model: { type: softmax }
objective: { loss: cross_entropy }
penalty: [{ norm: l1 }]
split: { method: kfold }
select: { lambda: { path: 5 } }
`);
    expect(result).toMatchObject({ status: "finished" });
    const { tensors } = tensorsIn(path.join(result.run, RUN_FILES.path));
    expect(tensors.find(({ name }) => name === "coef")?.shape).toEqual([5, 8, 3]);
  });
});

test("writePath() leaves a path out that is too large, and says so", () => {
  const log: string[] = [];
  const design = {
    columns: 100_000,
    outputs: 1,
    rows: 2,
    x: new Float64Array(),
    y: new Float64Array(),
  };
  const preparation: Pick<LinearPreparation, "design" | "columns" | "standardize"> = {
    design,
    columns: [],
    standardize: true,
  };
  const writer = { log: (text: string) => log.push(text), path: () => log.push("written") };
  const fits = {
    lambdas: new Float64Array(100),
    work: 0,
    coefficientsAt: () => new Float64Array(),
  };
  writePath(writer, preparation, fits, new Float64Array());
  expect(log).toEqual([
    "The coefficients of all 100 λ are not written: 100000 for each are too many",
  ]);
});
