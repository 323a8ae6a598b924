import type { ConfigDialect } from "../config-dialect.ts";
import { number } from "../dialect-key.ts";

/** Parameters that a script hands to LightGBM; those that it does not know are dropped with a warning. */
const PARAMETERS = {
  keys: [
    number("reg_lambda", { default: 0 }),
    number("reg_alpha", { default: 0 }),
    number("lambda_l1", { default: 0 }),
    number("lambda_l2", { default: 0 }),
    number("feature_fraction", { default: 1 }),
    number("bagging_fraction", { default: 1 }),
    number("min_gain_to_split", { default: 0 }),
  ],
  neighbours: [
    "bagging_freq",
    "feature_fraction_bynode",
    "feature_fraction_seed",
    "pos_bagging_fraction",
    "neg_bagging_fraction",
    "linear_lambda",
  ],
  unknownKeys: "ignored",
} as const;

export const lightgbm: ConfigDialect = {
  name: "lightgbm",
  title: "LightGBM",
  languages: ["yaml", "json", "toml"],
  signature: [
    "num_leaves",
    "*.num_leaves",
    "boosting_type",
    "*.boosting_type",
    "boosting",
    "*.boosting",
    "feature_fraction",
    "*.feature_fraction",
    "bagging_fraction",
    "*.bagging_fraction",
    "bagging_freq",
    "*.bagging_freq",
    "min_data_in_leaf",
    "*.min_data_in_leaf",
    "lambda_l1",
    "*.lambda_l1",
    "lambda_l2",
    "*.lambda_l2",
    "min_child_samples",
  ],
  isFoundation: false,
  fileNames: /^(?:lgbm?|lightgbm)[\w.-]*$/,
  loader: "unknown",
  isTyped: false,
  untyped: [],

  // On top of the file, or in a section of any name.
  sections: ["", "*"].map((at) => ({ at, ...PARAMETERS })),
};
