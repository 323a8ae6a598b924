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

describe("tools with files of their own kind", () => {
  test.each<[string, Language, string, string]>([
    [
      "detectron2",
      "yaml",
      "MODEL:\n  WEIGHTS: x\nSOLVER:\n  BASE_LR: 1e-2\n  WEIGHT_DEACY: 1e-4\n",
      "Detectron2 has no `WEIGHT_DEACY` and refuses it. Did you mean `WEIGHT_DECAY`?",
    ],
    [
      "detectron2-lazy",
      "python",
      "from detectron2.config import LazyCall as L\noptimizer = L(AdamW)(lr=1e-4, weight_deacy=0.1)\n",
      "Detectron2 LazyConfig has no `weight_deacy` and refuses it. Did you mean `weight_decay`?",
    ],
    [
      "mmengine",
      "python",
      "_base_ = ['a.py']\noptim_wrapper = dict(optimizer=dict(type='SGD', weight_deacy=0.1))\n",
      "MMEngine has no `weight_deacy` and refuses it. Did you mean `weight_decay`?",
    ],
    [
      "open-clip",
      "json",
      '{"local_loss": true, "dataset_type": "csv", "grad_clip_nrom": 1.0}',
      "open_clip has no `grad_clip_nrom` and refuses it. Did you mean `grad_clip_norm`?",
    ],
    [
      "xgboost",
      "json",
      '{"booster": "gbtree", "eta": 0.1, "reg_lamda": 1.0}',
      "XGBoost has no `reg_lamda` and ignores it silently. Did you mean `reg_lambda`?",
    ],
    [
      "lightgbm",
      "toml",
      'num_leaves = 31\nboosting = "gbdt"\nlambda_l22 = 1\nreg_lamda = 1.0\n',
      "LightGBM has no `reg_lamda` and ignores it silently. Did you mean `reg_lambda`?",
    ],
  ])("%s: a misspelt key", (_tool, language, code, message) => {
    const findings = findingsOf(unknownRegularizationKey, code, { language });
    expect(findings.map((finding) => finding.message)).toEqual([message]);
    expect(severities(yamlFloatReadAsString, code, language)).toEqual([]);
  });

  test.each([
    ["keras-model", '{"class_name": "Dense", "config": {"weight_deacy": 0.1}}', "json"],
    ["hyperpyyaml", "lr: 1e-4\nweight_deacy: 0.1\nopt: !new:torch.optim.SGD\n", "yaml"],
  ] as const)("%s leaves keys to the user", (_tool, code, language) => {
    expect(findingsOf(unknownRegularizationKey, code, { language })).toEqual([]);
    expect(severities(yamlFloatReadAsString, code, language)).toEqual([]);
  });
});
