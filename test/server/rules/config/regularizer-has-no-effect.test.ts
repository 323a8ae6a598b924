import { describe, expect, test } from "vitest";
import { regularizerHasNoEffect } from "../../../../server/src/rules/config/regularizer-has-no-effect.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const YAML = { language: "yaml" } as const;
const SK = "from sklearn.linear_model import LogisticRegression, SGDClassifier\n";
const AXOLOTL = "base_model: b\nmicro_batch_size: 1\n";
const LLAMA = "stage: sft\ntemplate: t\n";

describe("regularizer-has-no-effect", () => {
  test.each([
    [
      "one layer by default",
      "from torch import nn\nnn.GRU(8, 8, «dropout=0.5»)",
      "from torch import nn\nnn.GRU(8, 8)",
    ],
    [
      "one layer by position, in a method",
      "import torch as t\nclass M(t.nn.Module):\n    def __init__(self):\n        self.r = t.nn.RNN(8, 8, 1, «dropout=0.5», bias=True)",
      "import torch as t\nclass M(t.nn.Module):\n    def __init__(self):\n        self.r = t.nn.RNN(8, 8, 1, bias=True)",
    ],
  ])("recurrent dropout: %s", (_what, marked, fixed) => {
    checkRule(regularizerHasNoEffect, marked, fixed);
  });

  test.each([
    ["the default penalty", `${SK}SGDClassifier(«l1_ratio=0.5»)`],
    ["another penalty", `${SK}SGDClassifier(penalty='l2', «l1_ratio=0.5»)`],
    ["a penalty in logistic regression", `${SK}LogisticRegression(penalty='l1', «l1_ratio=0.5»)`],
    ["a smooth solver", `${SK}LogisticRegression(solver='lbfgs', «l1_ratio=0.5»)`],
    ["a linear booster", "p = {'booster': 'gblinear', «'gamma': 0.5»}"],
    [
      "XGBoost's classes",
      "import xgboost as x\nx.XGBRegressor(booster='gblinear', «subsample=0.5»)",
    ],
  ])("marks %s", (_what, marked) => checkRule(regularizerHasNoEffect, marked));

  test.each([
    ["LLaMA-Factory", `${LLAMA}finetuning_type: full\n`, "«lora_dropout: 0.1»\n"],
    ["Axolotl", AXOLOTL, "«lora_dropout: 0.1»\n"],
    ["Axolotl's early stopping", AXOLOTL, "«early_stopping_patience: 3»\n"],
    ["Ultralytics", "lr0: 0.1\nlrf: 0.1\ntask: detect\n", "«dropout: 0.1»\n"],
  ])("reads configs of %s", (_tool, head, line) => {
    checkRule(regularizerHasNoEffect, head + line, head, YAML);
  });

  test.each([
    ["stacked layers", "from torch import nn\nnn.LSTM(8, 8, num_layers=2, dropout=0.5)"],
    ["layers by position", "from torch import nn\nnn.LSTM(8, 8, 2, dropout=0.5)"],
    ["layers that are not known", "from torch import nn\nnn.LSTM(8, 8, num_layers=n, dropout=0.5)"],
    [
      "layers with a default",
      "from torch import nn\ndef f(n=1):\n    return nn.LSTM(8, 8, num_layers=n, dropout=0.5)",
    ],
    ["a splat", "from torch import nn\nnn.LSTM(8, 8, dropout=0.5, **kw)"],
    ["dropout 0", "from torch import nn\nnn.LSTM(8, 8, dropout=0.0)"],
    ["another LSTM", "from keras.layers import LSTM\nLSTM(8, dropout=0.5)"],
    ["an elastic net", `${SK}SGDClassifier(penalty='elasticnet', l1_ratio=0.5)`],
    ["a penalty by position", `${SK}SGDClassifier('hinge', 'elasticnet', l1_ratio=0.5)`],
    ["a penalty that is searched", `${SK}SGDClassifier(l1_ratio=0.5)\ng = {'clf__penalty': P}`],
    ["a penalty that is not known", `${SK}SGDClassifier(penalty=p, l1_ratio=0.5)`],
    ["a solver that can", `${SK}LogisticRegression(solver='saga', l1_ratio=0.5)`],
    ["L1 alone", `${SK}LogisticRegression(solver='liblinear', l1_ratio=1)`],
    ["a tree booster", "p = {'booster': 'gbtree', 'gamma': 0.5}"],
    ["half-typed", "from torch import nn\nnn.LSTM(8, 8, dropout="],
  ])("is silent: %s", (_why, code) => checkRule(regularizerHasNoEffect, code));

  test.each([
    ["an adapter", `${AXOLOTL}adapter: lora\nlora_dropout: 0.1\n`],
    ["an adapter that is loaded", `${AXOLOTL}lora_model_dir: x\nlora_dropout: 0.1\n`],
    ["LoRA", `${LLAMA}finetuning_type: lora\nlora_dropout: 0.1\n`],
    ["LoRA by default", `${LLAMA}lora_dropout: 0.1\n`],
    ["data to evaluate on", `${AXOLOTL}val_set_size: 0.1\nearly_stopping_patience: 3\n`],
    ["test data", `${AXOLOTL}test_datasets: [a]\nearly_stopping_patience: 3\n`],
    ["a size that is not known", `${AXOLOTL}val_set_size: \${x}\nearly_stopping_patience: 3\n`],
    ["an unknown task", "lr0: 0.1\nlrf: 0.1\ndropout: 0.1\n"],
    ["a merged mapping", `b: &b {adapter: lora}\n${AXOLOTL}<<: *b\nlora_dropout: 0.1\n`],
  ])("is silent in a config: %s", (_why, code) => {
    checkRule(regularizerHasNoEffect, code, undefined, YAML);
  });

  test("says why", () => {
    const [finding] = findingsOf(regularizerHasNoEffect, regularizerHasNoEffect.docs.bad);
    expect(finding?.message).toBe(
      "`dropout` is 0.5 and has no effect: `nn.LSTM` drops between its layers, and there is only one.",
    );
  });
});
