import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseRunRecord } from "../../core/protocol/parse-run-files.ts";
import { runExperiment } from "../support/run-experiment.ts";

const exampleFile = (name: string) =>
  path.join(import.meta.dirname, `../../examples/${name}.normlens.yaml`);
const SET = ["training.backend=wasm"];

describe("the examples of weight operations and transfer", { timeout: 120_000 }, () => {
  test.each([
    ["weight-clipping", 0, 0.9],
    ["weight-retention", 0.2, 0.9],
    ["pruning", 0.89, 0.9],
    ["group-lasso", 0.1, 0.9],
  ])(
    "%s has a share of %f zeros and is right in %f of the cases",
    async (name, zeros, accuracy) => {
      const run = await runExperiment({ file: exampleFile(name) }, SET);
      expect(run.result.error).toBeUndefined();
      expect(run.metric("weights/all/zero_fraction")).toBeGreaterThanOrEqual(zeros);
      expect(run.metric("test/accuracy")).toBeGreaterThan(accuracy);
    },
  );

  test("sparsity-curve keeps its accuracy without nine of ten weights, not without all", async () => {
    const { result } = await runExperiment({ file: exampleFile("sparsity-curve") }, SET);
    const file = path.join(result.run, "run.json");
    const record = parseRunRecord(JSON.parse(readFileSync(file, "utf8")));
    const curve = typeof record === "string" ? [] : (record.sparsity_curve ?? []);
    const accuracyAt = (fraction: number) =>
      Number(curve.find((point) => point.fraction === fraction)?.values["test/accuracy"]);
    expect(accuracyAt(0.9)).toBeGreaterThan(0.9);
    expect(accuracyAt(0.99)).toBeLessThan(0.5);
  });

  test("transfer-2-fine-tuning is far better than training from nothing", async () => {
    const first = await runExperiment({ file: exampleFile("transfer-1-initial") }, SET);
    const file = exampleFile("transfer-2-fine-tuning");
    const tuned = await runExperiment({ file }, [
      ...SET,
      `transfer.from=${JSON.stringify(first.result.run)}`,
    ]);
    const text = readFileSync(file, "utf8");
    const alone = text.slice(0, text.indexOf("transfer:")) + text.slice(text.indexOf("training:"));
    const fresh = await runExperiment({ text: alone }, SET);
    expect(fresh.result.error).toBeUndefined();
    expect(tuned.metric("test/accuracy")).toBeGreaterThan(fresh.metric("test/accuracy") + 0.15);
  });
});
