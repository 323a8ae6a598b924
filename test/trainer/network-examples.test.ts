import path from "node:path";
import { expect, test } from "vitest";
import { runExperiment } from "../support/run-experiment.ts";

/** Epochs that are enough to see that it learns; a share of 1/6 is right by luck. */
const EXAMPLES = [
  ["mlp", 5, 0.25],
  ["cnn", 4, 0.35],
  ["bilstm", 5, 0.6],
] as const;

test.each(EXAMPLES)(
  "the example %s learns in %d epochs",
  async (name, epochs, accuracy) => {
    const file = path.join(import.meta.dirname, `../../examples/${name}.normlens.yaml`);
    const run = await runExperiment({ file }, [`training.epochs=${epochs}`]);
    expect(run.result.error).toBeUndefined();
    expect(run.metric("test/accuracy")).toBeGreaterThan(accuracy);
  },
  120_000,
);
