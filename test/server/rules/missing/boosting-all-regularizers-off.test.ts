import { describe, expect, test } from "vitest";
import { boostingAllRegularizersOff as rule } from "../../../../server/src/rules/missing/boosting-all-regularizers-off.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const code = (body: string) => `import lightgbm as lgb\nimport xgboost as xgb\n${body}\n`;

describe("boosting-all-regularizers-off", () => {
  test.each([
    [
      "many trees",
      "«lgb.LGBMRegressor»(n_estimators=3000)",
      "lgb.LGBMRegressor(n_estimators=3000, reg_lambda=1.0)",
    ],
    [
      "many leaves",
      "«lgb.LGBMClassifier»(num_leaves=255)",
      "lgb.LGBMClassifier(num_leaves=255, reg_lambda=1.0)",
    ],
    [
      "deep trees",
      "«lgb.LGBMClassifier»(max_depth=12)",
      "lgb.LGBMClassifier(max_depth=12, reg_lambda=1.0)",
    ],
    [
      "options",
      "p = dict(n_estimators=500, subsample=1.0)\n«lgb.LGBMRegressor»(**p)",
      "p = dict(n_estimators=500, subsample=1.0)\nlgb.LGBMRegressor(**p, reg_lambda=1.0)",
    ],
  ])("suggests a penalty: %s", (_name, bad, good) => {
    checkRule(rule, code(bad), code(good));
    checkRule(rule, code(good));
  });

  test.each([
    ["XGBoost, switched off", "«xgb.XGBRegressor»(n_estimators=1000, reg_lambda=0)"],
    ["train", "p = {'num_leaves': 1024, 'objective': 'binary'}\n«lgb.train»(p, d)"],
    ["an alias", "from lightgbm import LGBMRegressor as L\n«L»(n_estimators=3000)"],
    [
      "a method",
      "class M:\n    def f(self):\n        return «lgb.LGBMRegressor»(n_estimators=3000)",
    ],
  ])("notes it: %s", (_name, body) => checkRule(rule, code(body)));

  test.each([
    ["XGBoost's default", "xgb.XGBRegressor(n_estimators=1000)"],
    ["a penalty", "lgb.LGBMRegressor(n_estimators=3000, reg_alpha=0.1)"],
    ["an unknown penalty", "lgb.LGBMRegressor(n_estimators=3000, reg_lambda=l)"],
    ["sampled rows", "lgb.LGBMRegressor(n_estimators=3000, subsample=0.8)"],
    ["sampled columns", "lgb.train({'num_leaves': 512, 'feature_fraction': 0.8}, d)"],
    ["a least gain", "lgb.LGBMRegressor(n_estimators=3000, min_split_gain=0.1)"],
    ["least samples", "lgb.LGBMRegressor(n_estimators=3000, min_child_samples=100)"],
    ["few small trees", "lgb.LGBMRegressor(n_estimators=100)"],
    ["unknown size", "lgb.LGBMRegressor(n_estimators=n)"],
    ["open options", "lgb.LGBMRegressor(n_estimators=3000, **o)"],
    [
      "early stopping",
      "m = lgb.LGBMRegressor(n_estimators=3000)\nm.fit(x, y, callbacks=[lgb.early_stopping(50)])",
    ],
    [
      "early stopping, by argument",
      "m = lgb.LGBMRegressor(n_estimators=3000)\nm.fit(x, y, early_stopping_rounds=50)",
    ],
    [
      "a search",
      "from sklearn.model_selection import GridSearchCV\nGridSearchCV(lgb.LGBMRegressor(n_estimators=3000), g)",
    ],
    ["Optuna", "import optuna\nlgb.LGBMRegressor(n_estimators=3000)"],
  ])("stays silent: %s", (_name, body) => checkRule(rule, code(body)));

  test("stays silent in tests, and is total", () => {
    checkRule(rule, code("lgb.LGBMRegressor(n_estimators=3000)"), undefined, { path: "test_a.py" });
    expect(() => findingsOf(rule, code("lgb.LGBMRegressor(n_estimators="))).not.toThrow();
  });
});
