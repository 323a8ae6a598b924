import type { ConventionFamily } from "../convention.ts";
import { leafSide, twoTermSide } from "../sides.ts";

const NAMES = { l1: "reg_alpha", l2: "reg_lambda" } as const;
const parameters = (l2: number) => [
  { name: "reg_lambda", default: l2, what: "L2 strength" },
  { name: "reg_alpha", default: 0, what: "L1 strength" },
];
const TREE = {
  plain: "sum of losses + reg_alpha·Σ|v| + (reg_lambda / 2)·Σv², v the leaves' values",
  tex: String.raw`\sum_i L_i + \alpha\sum_j |v_j| + \frac{\lambda}{2}\sum_j v_j^2`,
};
const LEAF =
  "A leaf gets −soft(G, reg_alpha)/(H + reg_lambda); H is a sum over its samples, so λ weighs less in fuller leaves.";

export const boosting: ConventionFamily = {
  title: "Gradient boosting",
  conventions: [
    {
      id: "xgboost-tree",
      framework: "XGBoost",
      api: "trees",
      parameters: parameters(1),
      objective: TREE,
      leaf: leafSide(NAMES),
      code: ({ reg_lambda, reg_alpha }) =>
        `XGBRegressor(reg_lambda=${reg_lambda}, reg_alpha=${reg_alpha})`,
      notes: [LEAF, "Also spelt lambda and alpha. `gamma` is a price for each leaf, no norm."],
      source: "https://xgboost.readthedocs.io/en/stable/tutorials/model.html",
    },
    {
      id: "lightgbm",
      framework: "LightGBM",
      api: "trees",
      parameters: parameters(0),
      objective: TREE,
      leaf: leafSide(NAMES),
      code: ({ reg_lambda, reg_alpha }) =>
        `LGBMRegressor(reg_lambda=${reg_lambda}, reg_alpha=${reg_alpha})`,
      notes: [LEAF, "Also spelt lambda_l2 and lambda_l1. The default is 0, XGBoost's is 1."],
      source: "https://lightgbm.readthedocs.io/en/stable/Parameters.html#lambda_l2",
    },
    {
      id: "xgboost-linear",
      framework: "XGBoost",
      api: 'booster="gblinear"',
      parameters: parameters(0),
      objective: {
        plain: "mean loss + reg_alpha·‖w‖₁ + (reg_lambda / 2)·‖w‖²",
        tex: String.raw`\frac1n\sum_i L_i(w) + \alpha\lVert w\rVert_1 + \frac{\lambda}{2}\lVert w\rVert_2^2`,
      },
      penalty: twoTermSide({ over: "mean", loss: "any", intercept: "free" }, NAMES, 0.5),
      code: ({ reg_lambda, reg_alpha }) =>
        `XGBRegressor(booster="gblinear", reg_lambda=${reg_lambda}, reg_alpha=${reg_alpha})`,
      notes: ["Multiplied by the sum of sample weights inside, so it stands beside a mean loss."],
      source: "https://xgboost.readthedocs.io/en/stable/parameter.html",
    },
  ],
};
