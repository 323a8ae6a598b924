import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseRunRecord } from "../../../core/protocol/parse-run-files.ts";
import type { RunRecord } from "../../../core/protocol/run-files.ts";
import { train } from "../../../trainer/src/train.ts";
import { csvOf } from "../../support/csv-of.ts";
import { expectWithin } from "../../support/expect-within.ts";
import { linearProblem } from "../../support/linear-problem.ts";
import { runExperiment } from "../../support/run-experiment.ts";
import { smallWorkspace } from "../../support/small-experiment.ts";

const FILES = { "few.csv": csvOf(linearProblem({ rows: 70, columns: 20, used: 3, noise: 6 })) };

const ridge = (training: string, select: string, penalty: string) => `name: Ridge
data: { source: csv, path: few.csv, target: y, task: regression, standardize: true }
split: { validation: 0.4, test: 0.1, seed: 4 }
model: { type: linear }
objective: { loss: mse }
penalty: [${penalty}]
training: { ${training} }
select: { ${select} }
`;
const DESCENT =
  "solver: gradient_descent, optimizer: fista, learning_rate: 0.03, epochs: 600, snapshot_every: 600, log_every: 1, backend: cpu";
const L2 = "{ norm: l2, convention: half, lambda: 0.01 }";

function recordOf(folder: string): RunRecord {
  const record = parseRunRecord(JSON.parse(readFileSync(path.join(folder, "run.json"), "utf8")));
  if (typeof record === "string") throw new TypeError(record);
  return record;
}

describe("learning λ while training", () => {
  test("ends at the λ that a fine grid of solved models chooses", { timeout: 60_000 }, async () => {
    const grid = Array.from({ length: 121 }, (_, k) => 10 ** (-3 + k / 24));
    const solved = await runExperiment({
      text: ridge("solver: auto", `lambda: [${grid.join(", ")}]`, L2),
      files: FILES,
    });
    const learned = await runExperiment({
      text: ridge(DESCENT, "rule: hypergradient, learning_rate: 4, damping: 0, products: 40", L2),
      files: FILES,
    });
    expect(learned.result.error).toBeUndefined();
    const wanted = recordOf(solved.result.run).selection;
    const found = recordOf(learned.result.run).selection;
    expect(found).toMatchObject({ rule: "hypergradient", path: [] });
    // The λ itself is flat around the minimum, its validation loss is not.
    expect(Math.abs(Math.log((found?.lambda ?? 0) / (wanted?.lambda ?? 0)))).toBeLessThan(0.3);
    const least = Math.min(...(wanted?.path ?? []).map(({ mean }) => mean));
    expectWithin(Math.abs(learned.metric("validation/data_loss") / least - 1), {
      section: "Choosing λ",
      quantity: "validation loss of ridge regression with a learned λ, relative",
      formula: "log λ ← log λ − η·d log v/d log λ, while w is trained",
      reference: "the least of 121 solved models on the same parts",
      tolerance: 1e-3,
    });
    const lines = readFileSync(path.join(learned.result.run, "metrics.jsonl"), "utf8").trim();
    const lambdas = lines
      .split("\n")
      .flatMap((line) => JSON.parse(line).values["train/lambda/0_l2"] ?? []);
    expect(lambdas[0]).toBeCloseTo(0.01, 6);
    expect(lambdas.at(-1)).toBe(found?.lambda);
    expect(new Set(lambdas).size).toBe(61);
  });

  const SMALL = `name: Small
data: { source: trio, samples: 60, image_size: 8, seed: 3 }
split: { method: holdout, validation: 0.3, test: 0.2, seed: 1 }
model: { type: mlp, modality: audio, hidden: [6], dropout: 0.2 }
objective: { loss: cross_entropy }
penalty: [{ norm: l1, lambda: 1e-3, on: "fc1.*" }, { norm: group_lasso, lambda: 1e-3, groups: outputs, on: "fc2.*" }]
training: { optimizer: adam, learning_rate: 1e-2, batch_size: 10, epochs: 6, seed: 2, backend: cpu, checkpoint_every: 1, log_every: 1 }
select: { rule: hypergradient, every: 4, products: 3, damping: 1 }
`;

  test("goes on in the same bits when it is resumed, and names λ by penalty", async () => {
    const whole = await runExperiment({ text: SMALL });
    const groups = recordOf(whole.result.run).selection?.groups;
    expect(Object.keys(groups ?? {})).toEqual(["0_l1_fc1.*", "1_group_lasso_fc2.*"]);
    for (const lambda of Object.values(groups ?? {})) expect(lambda).not.toBe(Math.fround(1e-3));
    expect(recordOf(whole.result.run).objective).toContain("λ·‖w‖₁ on fc1.*");

    const { folder, spec } = smallWorkspace(SMALL);
    const cancel = new AbortController();
    const cut = await train(
      { spec, workspace: folder },
      {
        signal: cancel.signal,
        emit: (event) => {
          if (event.type === "progress" && event.step >= 10) cancel.abort();
        },
      },
    );
    expect(cut.status).toBe("cancelled");
    const resumed = await train(
      { spec, workspace: folder, resume: cut.run },
      { signal: new AbortController().signal, emit: () => undefined },
    );
    expect(resumed.final).toEqual(whole.result.final);
    expect(recordOf(cut.run).selection).toEqual(recordOf(whole.result.run).selection);
  });

  test.each([
    ["on folds", SMALL.replace("holdout, validation: 0.3", "kfold"), "on folds"],
    ["without rows", SMALL.replace("validation: 0.3", "validation: 0"), "no validation part"],
    ["from a path", SMALL.replace("every: 4", "lambda: [1]"), "does not use this key"],
    [
      "with a warm start",
      SMALL.replace("every: 4", "warm_start: true"),
      "`warm_start` says nothing",
    ],
    ["of 0", SMALL.replace("lambda: 1e-3, on", "lambda: 0, on"), "from a λ above 0 on"],
    ["of no penalty", SMALL.replace(/penalty: .*/, ""), "no penalty to learn the λ of"],
    [
      "beside a bound",
      SMALL.replace("penalty: [", "penalty: [{ norm: max_norm, limit: 1 }, "),
      "beside a bound on norms",
    ],
    [
      "with decoupled decay",
      SMALL.replace("adam,", "adamw, weight_decay: 0.1,"),
      "decoupled decay is part of no objective",
    ],
    [
      "of a solved model",
      ridge("solver: auto", "rule: hypergradient", L2),
      "is not learned but chosen",
    ],
    [
      "that vanishes",
      SMALL.replace("lambda: 1e-3, on", "lambda: 0 / m, on"),
      "is 0, and λ is learned",
    ],
  ])("is refused %s", async (_name, text, message) => {
    const { result } = await runExperiment({ text, files: FILES });
    expect(result).toMatchObject({ isRefused: true });
    expect(result.error).toContain(message);
  });
});
