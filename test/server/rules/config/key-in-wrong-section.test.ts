import { describe, expect, test } from "vitest";
import { keyInWrongSection } from "../../../../server/src/rules/config/key-in-wrong-section.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const JSON_OPTIONS = { language: "json", path: "a.json" } as const;
const YAML = { language: "yaml", path: "a.yaml" } as const;
const PYTHON = { language: "python", path: "a.py" } as const;
const LIGHTNING = "seed_everything: 1\nlr_scheduler:\n  class_path: s\n";

describe("key-in-wrong-section", () => {
  test.each([
    [
      "beside the optimizer",
      '{"zero_optimization": {}, "«weight_decay»": 0.1, "optimizer": {"type": "Adam", "params": {"lr": 1}}}',
      '{"zero_optimization": {}, "optimizer": {"type": "Adam", "params": {"weight_decay": 0.1, "lr": 1}}}',
    ],
    [
      "inside of the optimizer",
      '{\n  "train_batch_size": 1,\n  "optimizer": {\n    "type": "Adam",\n    "params": {\n      "lr": 1\n    },\n    "«betas»": [0.9, 0.95]\n  }\n}',
      '{\n  "train_batch_size": 1,\n  "optimizer": {\n    "type": "Adam",\n    "params": {\n      "betas": [0.9, 0.95],\n      "lr": 1\n    }\n  }\n}',
    ],
  ])("DeepSpeed: %s", (_where, marked, fixed) => {
    checkRule(keyInWrongSection, marked, fixed, JSON_OPTIONS);
  });

  test.each([
    [
      "Lightning CLI",
      `${LIGHTNING}optimizer:\n  class_path: o\n  «weight_decay»: 0.1\n  init_args:\n    lr: 0.1\n`,
      `${LIGHTNING}optimizer:\n  class_path: o\n  init_args:\n    weight_decay: 0.1\n    lr: 0.1\n`,
    ],
    [
      "torchtune",
      "model: {_component_: m}\noptimizer:\n  _component_: o\n«weight_decay»: 0.1\n",
      "model: {_component_: m}\noptimizer:\n  weight_decay: 0.1\n  _component_: o\n",
    ],
    [
      "Detectron2",
      "MODEL:\n  WEIGHTS: w\n  «WEIGHT_DECAY»: 1e-3\nSOLVER:\n  BASE_LR: 0.1\n",
      "MODEL:\n  WEIGHTS: w\nSOLVER:\n  WEIGHT_DECAY: 1e-3\n  BASE_LR: 0.1\n",
    ],
    [
      "Ludwig",
      "input_features: []\noutput_features: []\n«regularization_lambda»: 0.1\ntrainer:\n  epochs: 1\n",
      "input_features: []\noutput_features: []\ntrainer:\n  regularization_lambda: 0.1\n  epochs: 1\n",
    ],
  ])("%s: moves the key", (_tool, marked, fixed) => {
    checkRule(keyInWrongSection, marked, fixed, YAML);
  });

  test("MMEngine: says where it belongs, and leaves Python alone", () => {
    const code =
      "_base_ = []\noptim_wrapper = dict(optimizer=dict(type='SGD'), «weight_decay»=0.1)\n";
    checkRule(keyInWrongSection, code, code.replaceAll(/[«»]/g, ""), PYTHON);
    const [finding] = findingsOf(keyInWrongSection, code.replaceAll(/[«»]/g, ""), PYTHON);
    expect(finding?.message).toBe(
      "MMEngine reads `weight_decay` in `optim_wrapper.optimizer` and refuses it here.",
    );
  });

  test("offers no move where the key is there already, or no place is", () => {
    const both =
      "model: {_component_: m}\noptimizer:\n  _component_: o\n  weight_decay: 0\nweight_decay: 0.1\n";
    const none = "model: {_component_: m}\ntokenizer: {_component_: t}\nweight_decay: 0.1\n";
    for (const code of [both, none]) {
      expect(findingsOf(keyInWrongSection, code, YAML).map(({ fixes }) => fixes)).toEqual([[]]);
    }
  });

  test.each([
    ["a tool that is not sure", "optimizer:\n  type: Adam\nweight_decay: 0.1\n", YAML],
    [
      "a value that is taken up elsewhere",
      "model: {_component_: m}\noptimizer:\n  _component_: o\n  weight_decay: ${weight_decay}\nweight_decay: 0.1\n",
      YAML,
    ],
    [
      "a mapping of that name",
      "model: {_component_: m}\noptimizer: {_component_: o}\nweight_decay:\n  start: 0.1\n",
      YAML,
    ],
    [
      "the right place",
      '{"train_batch_size": 1, "optimizer": {"params": {"weight_decay": 1}}}',
      JSON_OPTIONS,
    ],
    [
      "another script's variable",
      "_base_ = []\noptim_wrapper = dict()\nweight_decay = 0.1\n",
      PYTHON,
    ],
    ["half-typed", '{"train_batch_size": 1, "optimizer": {"type": 1}, "weight_decay', JSON_OPTIONS],
  ])("is silent: %s", (_why, code, options) => {
    checkRule(keyInWrongSection, code, undefined, options);
  });
});
