import type { ConfigDialect } from "../config-dialect.ts";
import { number } from "../dialect-key.ts";
import { NON_NEGATIVE } from "../known-keys.ts";

/** Booster parameters that a script hands to XGBoost; those that it does not know are dropped with a warning. */
const PARAMETERS = {
  keys: [
    number("reg_lambda", { default: 1 }),
    number("reg_alpha", { default: 0 }),
    number("lambda", { default: 1 }),
    number("alpha", { default: 0, domain: NON_NEGATIVE }),
    number("colsample_bytree", { default: 1 }),
    number("min_child_weight", { default: 1 }),
  ],
  neighbours: [
    "colsample_bylevel",
    "colsample_bynode",
    "max_delta_step",
    "eta",
    "beta",
    "lambda_bias",
  ],
  unknownKeys: "ignored",
} as const;

export const xgboost: ConfigDialect = {
  name: "xgboost",
  title: "XGBoost",
  languages: ["yaml", "json", "toml"],
  signature: [
    "booster",
    "objective",
    "*.booster",
    "*.objective",
    "eta",
    "*.eta",
    "max_depth",
    "*.max_depth",
    "min_child_weight",
    "*.min_child_weight",
    "tree_method",
    "*.tree_method",
    "colsample_bytree",
    "*.colsample_bytree",
    "scale_pos_weight",
    "*.scale_pos_weight",
    "num_boost_round",
    "*.num_boost_round",
    "max_bin",
  ],
  isFoundation: false,
  fileNames: /^xgb(?:oost)?[\w.-]*$/,
  loader: "unknown",
  isTyped: false,
  untyped: [],

  // On top of the file, or in a section of any name.
  sections: ["", "*"].map((at) => ({ at, ...PARAMETERS })),
};
