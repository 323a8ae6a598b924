/** Names of one parameter, the documented one first. */
export interface AliasGroup {
  readonly names: readonly string[];
  /** The quantity, for messages. */
  readonly what: string;
  /** Whether the names mean this only among a booster's parameters. */
  readonly isBoosting: boolean;
}

/**
 * Names that XGBoost, LightGBM and optimizers' configs give one parameter.
 *
 * @see LightGBM, Parameters, aliases; XGBoost, XGBoost Parameters, `alias`.
 */
export const ALIAS_GROUPS: readonly AliasGroup[] = [
  { names: ["lambda_l2", "reg_lambda", "lambda"], what: "L2 strength", isBoosting: false },
  { names: ["lambda_l1", "reg_alpha"], what: "L1 strength", isBoosting: false },
  { names: ["learning_rate", "eta", "shrinkage_rate"], what: "learning rate", isBoosting: true },
  { names: ["bagging_fraction", "subsample", "sub_row"], what: "share of rows", isBoosting: true },
  {
    names: ["feature_fraction", "colsample_bytree", "sub_feature"],
    what: "share of columns",
    isBoosting: true,
  },
  { names: ["min_gain_to_split", "min_split_gain"], what: "least gain", isBoosting: true },
  { names: ["gamma", "min_split_loss"], what: "least gain", isBoosting: true },
  { names: ["weight_decay", "wd"], what: "weight decay", isBoosting: false },
];

/** Parameters that only boosters have. */
const BOOSTING: ReadonlySet<string> = new Set([
  "booster",
  "boosting",
  "boosting_type",
  "colsample_bylevel",
  "max_depth",
  "min_child_samples",
  "min_child_weight",
  "min_data_in_leaf",
  "num_boost_round",
  "num_leaves",
  "scale_pos_weight",
  "tree_method",
]);

export function hasBoostingName(names: readonly string[]): boolean {
  return names.some((name) => BOOSTING.has(name));
}
