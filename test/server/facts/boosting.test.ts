import { describe, expect, test } from "vitest";
import { boostingFacts } from "../../../server/src/facts/boosting.ts";
import { factsOf } from "../../support/facts-of.ts";

const given = (text: string) =>
  factsOf(boostingFacts, `import xgboost as xgb\nimport lightgbm as lgb\n${text}`).map(
    ({ library, name, isEstimator, isOpen, parameters }) =>
      [library, name, isEstimator, isOpen, Object.fromEntries(parameters)] as const,
  );

describe("boostingFacts", () => {
  test.each([
    ["xgb.XGBClassifier(max_depth=9)", ["xgboost", "XGBClassifier", true, false, { max_depth: 9 }]],
    [
      "lgb.LGBMRegressor(num_leaves=n)",
      ["lightgbm", "LGBMRegressor", true, false, { num_leaves: undefined }],
    ],
    ["lgb.LGBMRegressor(**o)", ["lightgbm", "LGBMRegressor", true, true, {}]],
    [
      "p = {'max_depth': 9}\nlgb.LGBMRanker(**p)",
      ["lightgbm", "LGBMRanker", true, false, { max_depth: 9 }],
    ],
    [
      "p = {'eta': 0.1}\nxgb.train(p, d, num_boost_round=9)",
      ["xgboost", "train", false, false, { eta: 0.1, num_boost_round: 9 }],
    ],
    [
      "lgb.train(params=dict(max_depth=9), train_set=d)",
      ["lightgbm", "train", false, false, { max_depth: 9, train_set: undefined }],
    ],
  ])("reads %j", (text, expected) => {
    const [fact] = given(text);
    expect(fact?.slice(0, 4)).toEqual(expected.slice(0, 4));
    expect(fact?.[4]).toMatchObject(expected[4] ?? {});
  });

  test.each(["xgb.train(p, d)", "xgb.DMatrix(x)", "XGBClassifierX()"])(
    "finds none in %j",
    (text) => {
      expect(given(text)).toEqual([]);
    },
  );
});
