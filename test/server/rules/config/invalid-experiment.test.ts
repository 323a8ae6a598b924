import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { invalidExperiment } from "../../../../server/src/rules/config/invalid-experiment.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const REST =
  "model: { type: towers }\nobjective: { loss: cross_entropy }\ntraining: { epochs: 2 }\n";

describe("invalid-experiment", () => {
  test("marks a misspelt key and renames it", () => {
    checkRule(
      invalidExperiment,
      `name: a\ndata: { source: trio, «smaples»: 300 }\n${REST}`,
      `name: a\ndata: { source: trio, samples: 300 }\n${REST}`,
    );
  });

  test("says what is allowed", () => {
    const code = `name: a\ndata: { source: trio, noise: -1 }\n${REST}`;
    expect(findingsOf(invalidExperiment, code)[0]?.message).toContain("`noise` cannot be -1");
  });

  test("is silent on the shipped example and on every other YAML file", () => {
    checkRule(invalidExperiment, readFileSync("examples/shapes.normlens.yaml", "utf8"));
    checkRule(invalidExperiment, "anything: goes\n", undefined, { path: "config.yaml" });
  });
});
