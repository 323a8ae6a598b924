import { describe, expect, test } from "vitest";
import type { Language } from "../../../server/src/engine/document.ts";
import { unknownRegularizationKey } from "../../../server/src/rules/config/unknown-regularization-key.ts";
import { yamlFloatReadAsString } from "../../../server/src/rules/config/yaml-float-read-as-string.ts";
import { findingsOf } from "../../support/check-rule.ts";

interface Tool {
  readonly name: string;
  /** Signs of the tool, and the lines before the key in question. */
  readonly head: string;
  /** A misspelt key, and what becomes of it. */
  readonly wrong: string;
  readonly fate: string | undefined;
  /** Severity of a float without a dot; `undefined` where the tool reads it well. */
  readonly float: string | undefined;
}

/** What each tool does with unknown keys and with `1e-2`. */
const TOOLS: readonly Tool[] = [
  {
    name: "hf-training-arguments",
    head: "output_dir: o\nnum_train_epochs: 1\n",
    wrong: "weight_deacy",
    fate: "refuses it",
    float: "warning",
  },
  {
    name: "llama-factory",
    head: "stage: sft\nfinetuning_type: lora\n",
    wrong: "lora_dropuot",
    fate: "refuses it",
    float: undefined,
  },
  {
    name: "axolotl",
    head: "base_model: b\nmicro_batch_size: 1\n",
    wrong: "lora_dropuot",
    fate: "refuses it",
    float: undefined,
  },
  {
    name: "torchtune",
    head: "model:\n  _component_: m\noptimizer:\n  _component_: o\n  ",
    wrong: "weight_deacy",
    fate: "refuses it",
    float: undefined,
  },
  {
    name: "lightning-cli",
    head: "seed_everything: 1\noptimizer:\n  class_path: o\n  init_args:\n    ",
    wrong: "weight_deacy",
    fate: "refuses it",
    float: undefined,
  },
  {
    name: "hydra",
    head: "defaults: []\n_target_: t\n",
    wrong: "weight_deacy",
    fate: undefined,
    float: undefined,
  },
  {
    name: "nemo",
    head: "exp_manager: {}\nmodel:\n  train_ds: {}\n  optim:\n    ",
    wrong: "weight_deacy",
    fate: "refuses it",
    float: undefined,
  },
  {
    name: "ludwig",
    head: "input_features: []\noutput_features: []\ntrainer:\n  ",
    wrong: "regularization_lamda",
    fate: "refuses it",
    float: undefined,
  },
  {
    name: "ultralytics",
    head: "lr0: 0.1\nlrf: 0.1\n",
    wrong: "label_smothing",
    fate: "refuses it",
    float: "warning",
  },
  {
    name: "timm",
    head: "opt: adamw\nsched: cosine\n",
    wrong: "weight_deacy",
    fate: "ignores it silently",
    float: undefined,
  },
];

function severities(rule: typeof yamlFloatReadAsString, code: string, language: Language = "yaml") {
  return findingsOf(rule, code, { language }).map(({ severity }) => severity);
}

describe.each(TOOLS)("$name", ({ head, wrong, fate, float }) => {
  test(`a misspelt key: ${fate ?? "left to the user"}`, () => {
    const [finding] = findingsOf(unknownRegularizationKey, `${head}${wrong}: 0.1\n`);
    if (fate === undefined) expect(finding).toBeUndefined();
    else expect(finding?.message).toContain(fate);
  });

  test(`1e-2: ${float ?? "a number"}`, () => {
    expect(severities(yamlFloatReadAsString, `${head}learning_rate: 1e-2\n`)).toEqual(
      float === undefined ? [] : [float],
    );
  });
});

describe("deepspeed", () => {
  test("refuses unknown optimizer parameters, ignores unknown keys, and is JSON", () => {
    const head = '{"zero_optimization": {}, "train_batch_size": 8, ';
    const inside = `${head}"optimizer": {"type": "Adam", "params": {"weight_deacy": 1e-2}}}`;
    const [parameter] = findingsOf(unknownRegularizationKey, inside, { language: "json" });
    expect(parameter?.message).toContain("refuses it");
    const outside = `${head}"gradient_cliping": 1.0}`;
    const [key] = findingsOf(unknownRegularizationKey, outside, { language: "json" });
    expect(key?.message).toContain("ignores it silently");
    expect(severities(yamlFloatReadAsString, inside, "json")).toEqual([]);
  });
});
