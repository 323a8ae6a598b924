import { describe, expect, test } from "vitest";
import { numericKeyHasWrongType } from "../../../../server/src/rules/config/numeric-key-has-wrong-type.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const YAML = { language: "yaml" } as const;
const TORCHTUNE = "model: {_component_: m}\noptimizer:\n  _component_: o\n  ";

describe("numeric-key-has-wrong-type", () => {
  test.each([
    ["a quoted number", "weight_decay: «'1e-2'»\n", "weight_decay: 1e-2\n"],
    ["percent", "dropout: «10%»\n", "dropout: 0.1\n"],
    ["quoted percent", 'dropout: «"10 %"»\n', "dropout: 0.1\n"],
    ["a decimal comma", "weight_decay: «0,01»\n", "weight_decay: 0.01\n"],
    ["a list", `${TORCHTUNE}weight_decay: «[0.1, 0.2]»\n`, undefined],
    ["a flag", `${TORCHTUNE}weight_decay: «yes»\n`, undefined],
    [
      "quoted, for a tool",
      `${TORCHTUNE}weight_decay: «"0.1"»\n`,
      `${TORCHTUNE}weight_decay: 0.1\n`,
    ],
  ])("marks %s", (_what, marked, fixed) => checkRule(numericKeyHasWrongType, marked, fixed, YAML));

  test.each([
    ["TOML", 'weight_decay = «"0.1"»\n', "weight_decay = 0.1\n", "toml"],
    [
      "MMEngine's Python",
      '_base_ = []\noptim_wrapper = dict(optimizer=dict(type="SGD", weight_decay=«"1e-4"»))\n',
      '_base_ = []\noptim_wrapper = dict(optimizer=dict(type="SGD", weight_decay=1e-4))\n',
      "python",
    ],
  ] as const)("reads %s", (_what, marked, fixed, language) => {
    checkRule(numericKeyHasWrongType, marked, fixed, { language });
  });

  test("is an error for a known tool, a warning where nobody knows the reader", () => {
    const severities = [`${TORCHTUNE}weight_decay: "1"\n`, 'weight_decay: "1"\n'].map(
      (code) => findingsOf(numericKeyHasWrongType, code, YAML)[0]?.severity,
    );
    expect(severities).toEqual(["error", "warning"]);
  });

  test.each([
    ["auto", 'weight_decay: "auto"\n'],
    ["an interpolation", 'weight_decay: "${wd}"\n'],
    ["a list of unknown use", "dropout: [0.1, 0.2]\n"],
    ["a flag of unknown use", "dropout: true\n"],
    ["a file that quotes its numbers", 'lr: "0.1"\nweight_decay: "0.1"\n'],
    ["an ambiguous name", 'C: "1"\n'],
    ["a list of decay rates", "betas: [0.9, 0.99]\n"],
    ["a tool that converts", 'base_model: b\nmicro_batch_size: 1\nweight_decay: "0.1"\n'],
    ["a search space", "weight_decay: {values: [0.1, 0.2]}\n"],
    [
      "text of a tool",
      'input_features: []\noutput_features: []\ntrainer: {regularization_type: "l2"}\n',
    ],
    ["a number", "weight_decay: 1.0\n"],
    ["half-typed", "weight_decay: '"],
  ])("is silent: %s", (_why, code) => checkRule(numericKeyHasWrongType, code, undefined, YAML));

  test("is silent where code casts the value", () => {
    checkRule(numericKeyHasWrongType, 'weight_decay: "0.1"\n', undefined, {
      ...YAML,
      project: { loaderOf: () => undefined, castsKey: (key) => key === "weight_decay" },
    });
  });
});
