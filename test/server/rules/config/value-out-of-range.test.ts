import { describe, expect, test } from "vitest";
import { valueOutOfRange } from "../../../../server/src/rules/config/value-out-of-range.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

describe("value-out-of-range", () => {
  test.each([
    ["weight_decay: «-0.01»", "weight_decay: 0.01"],
    ["weight_decay: «-1e-2»", "weight_decay: 1e-2"],
    ["lora_dropout: «5»", "lora_dropout: 0.05"],
    ["dropout: «50»", "dropout: 0.5"],
    ["dropout: «7»", "dropout: 0.07"],
    ["label_smoothing: «1.5»", "label_smoothing: 0.015"],
    ["l1_ratio: «-0.5»", "l1_ratio: 0.5"],
    ["betas: [0.9, «1.98»]", undefined],
    ["adam_beta2: «1.0»", undefined],
    ["max_depth: 3\nsubsample: «0»", undefined],
    ["eta: 0.1\nmax_depth: 3\nlambda: «-1»", "eta: 0.1\nmax_depth: 3\nlambda: 1"],
    ["penalty: l2\nC: «0.0»", undefined],
    ["model:\n  drop_path_rate: «1.2» # deep\n", undefined],
  ])("marks %j", (marked, fixed) => checkRule(valueOutOfRange, marked, fixed));

  test("reads JSON and calls no fix safe", () => {
    checkRule(valueOutOfRange, '{"weight_decay": «-0.1»}', '{"weight_decay": 0.1}', {
      language: "json",
    });
    const fixes = findingsOf(valueOutOfRange, "dropout: 50").flatMap((finding) => finding.fixes);
    expect(fixes.map(({ safety }) => safety)).toEqual(["unsafe"]);
  });

  test("says the value, the quantity and its range", () => {
    expect(findingsOf(valueOutOfRange, "lora_dropout: 5")[0]?.message).toBe(
      "`lora_dropout` is 5, but a dropout probability must lie between 0 and 1.",
    );
  });

  test.each([
    ["the bounds themselves", "dropout: 0\nlora_dropout: 1.0\nweight_decay: 0\nbetas: [0, 0.999]"],
    ["large strengths", "reg_lambda: 1e6"],
    ["auto", "weight_decay: auto"],
    ["an interpolation", "weight_decay: $wd"],
    ["null", "dropout: null\nlora_dropout: ~"],
    ["text", 'dropout: "50"'],
    ["a switch", "dropout: true"],
    ["a sweep's mapping", "parameters:\n  weight_decay: {min: -5, max: 0}"],
    ["exponents of a search space", "search_space:\n  weight_decay: -5"],
    ["values of a grid", "param_grid:\n  dropout: [10, 20]"],
    ["a list where one number belongs", "dropout: [10, 20]"],
    ["a name with another meaning: pixels", "image:\n  subsample: 4"],
    ["a name with another meaning: longitude", "lambda: -3.7"],
    ["a name with another meaning: channels", "C: 0"],
    ["momentum and alpha have many meanings", "momentum: -1\nalpha: -1"],
    ["an experiment of NormLens", "penalty: [{weight_decay: -1}]", "a.normlens.yml"],
  ])("stays silent: %s", (_why, code, path = "a.yaml") => {
    checkRule(valueOutOfRange, code, undefined, { path });
  });

  test("reads TOML, and names in any spelling", () => {
    const toml = { language: "toml", path: "pyproject.toml" } as const;
    checkRule(
      valueOutOfRange,
      "[tool.mine.training]\nlr = 1e-3\nweight-decay = «-0.1»\nbetas = [0.9, «1.0»]\n",
      undefined,
      toml,
    );
    checkRule(
      valueOutOfRange,
      "MODEL: {WEIGHTS: w}\nSOLVER: {BASE_LR: 1, WEIGHT_DECAY: «-1»}\n",
      undefined,
      { language: "yaml", path: "a.yaml" },
    );
    checkRule(
      valueOutOfRange,
      "_base_ = []\noptim_wrapper = dict(optimizer=dict(type='SGD', weight_decay=«-1e-4»))\n",
      undefined,
      { language: "python", path: "a.py" },
    );
  });
});
