import { describe, expect, test } from "vitest";
import { aliasConflict } from "../../../../server/src/rules/config/alias-conflict.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const YAML = { language: "yaml" } as const;
const JSON_OPTIONS = { language: "json" } as const;

describe("alias-conflict", () => {
  test.each([
    ["dicts", "p = {«'lambda'»: 2, 'reg_lambda': 1}", "p = {'reg_lambda': 1}"],
    ["dict calls", "p = dict(lambda_l1=1, «reg_alpha»=0.5, x=2)", "p = dict(lambda_l1=1, x=2)"],
    [
      "constructors",
      "from lightgbm import LGBMRegressor as R\nm = R(learning_rate=0.1, «eta»=0.3)",
      "from lightgbm import LGBMRegressor as R\nm = R(learning_rate=0.1)",
    ],
    [
      "values through names, in methods",
      "class A:\n    def fit(self):\n        a = 0.5\n        return {'max_depth': 3, 'gamma': a, «'min_split_loss'»: 1}",
      "class A:\n    def fit(self):\n        a = 0.5\n        return {'max_depth': 3, 'gamma': a}",
    ],
  ])("reads %s", (_form, marked, fixed) => checkRule(aliasConflict, marked, fixed));

  test("reads configs", () => {
    checkRule(
      aliasConflict,
      "opt:\n  «wd»: 0.1\n  weight_decay: 0.05\n",
      "opt:\n  weight_decay: 0.05\n",
      YAML,
    );
    checkRule(
      aliasConflict,
      '{"num_leaves": 3, "feature_fraction": 0.5, "«colsample_bytree»": 0.6}',
      '{"num_leaves": 3, "feature_fraction": 0.5}',
      JSON_OPTIONS,
    );
  });

  test("names both values", () => {
    const [finding] = findingsOf(aliasConflict, "p = {'lambda_l2': 1.0, 'reg_lambda': 0.0}");
    expect(finding?.message).toBe(
      "`lambda_l2` is 1 and `reg_lambda` is 0, but both are names of the same L2 strength.",
    );
    expect(finding?.related).toHaveLength(1);
  });

  test.each([
    ["equal values", "p = {'lambda_l2': 1.0, 'reg_lambda': 1}"],
    ["a value that is not known", "p = {'lambda_l2': 1.0, 'reg_lambda': x}"],
    [
      "a default that a command line changes",
      "def f(a=2):\n    return {'lambda_l2': 1, 'reg_lambda': a}",
    ],
    ["None for not given", "p = {'lambda_l2': 1.0, 'reg_lambda': None}"],
    ["no booster", "p = {'eta': 0.1, 'learning_rate': 0.2}"],
    ["other calls", "f(lambda_l2=1, reg_lambda=2)"],
    ["two dicts", "a = {'lambda_l2': 1, 'x': 1}\nb = {'reg_lambda': 2, 'x': 1}"],
    ["splats that are dicts", "a = {'x': 1, **b, **c}"],
    ["half-typed", "p = {'lambda_l2': 1.0, 'reg_lambda':"],
  ])("is silent: %s", (_why, code) => checkRule(aliasConflict, code));

  test("is silent in tests", () => {
    const code = "p = {'lambda_l2': 1.0, 'reg_lambda': 0.0}";
    checkRule(aliasConflict, code, undefined, { path: "tests/test_engine.py" });
  });

  test("offers no removal where more than a comma stands between", () => {
    const code = "p = {'lambda_l2': (1.0),\n 'reg_lambda': 0.0}";
    expect(findingsOf(aliasConflict, code).map(({ fixes }) => fixes)).toEqual([[]]);
  });
});
