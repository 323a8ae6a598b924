import { defineRule, type Fix } from "../../engine/rule.ts";
import type { BoostingFact } from "../../facts/boosting.ts";
import { appendArgument } from "../../semantics/insertions.ts";
import { programIndex } from "../../semantics/program-index.ts";
import { isTestPath } from "../../semantics/training-setup.ts";

/** Ensembles of this size follow the noise of most tables unless something holds them back. */
const MANY_TREES = 500;
const DEEP = 10;
const MANY_LEAVES = 255;

export const boostingAllRegularizersOff = defineRule({
  code: "NL104",
  name: "boosting-all-regularizers-off",
  family: "missing",
  severity: "information",
  preview: true,
  mentions: [["xgb", "lgb", "lightgbm"]],
  on: "boosting",
  docs: {
    language: "python",
    what: "Notes boosted trees with many or large trees, no penalty on their leaves, no sampling of rows or columns and no early stopping.",
    why: "LightGBM has `reg_lambda=0` by default, XGBoost 1. With hundreds of large trees and nothing that holds them back, the training error goes to zero and the last trees fit noise.",
    bad: [
      "from lightgbm import LGBMRegressor",
      "",
      "model = LGBMRegressor(n_estimators=3000, num_leaves=512)",
      "model.fit(X_train, y_train)",
      "",
    ].join("\n"),
    good: [
      "from lightgbm import LGBMRegressor",
      "",
      "model = LGBMRegressor(n_estimators=3000, num_leaves=63, reg_lambda=1.0)",
      "model.fit(X_train, y_train)",
      "",
    ].join("\n"),
    limits:
      "Silent where a parameter is not known, where a search chooses the parameters, where anything speaks of early stopping, and in tests.",
    references: [
      "LightGBM manual, Parameters, lambda_l2",
      "Chen & Guestrin 2016, XGBoost, arXiv:1603.02754, section 2.1",
    ],
  },

  *check(boosting, { document }) {
    if (boosting.isOpen || isTestPath(document.path) || isSearched(boosting)) return;
    const size = sizeOf(boosting);
    if (size === undefined || !isUnchecked(boosting)) return;
    yield {
      span: boosting.span,
      message: `\`${boosting.name}\` grows ${size} with no penalty on the leaves, no sampling and no early stopping.`,
      fixes: boosting.isEstimator ? fixesOf(boosting) : [],
    };
  },
});

const NAMES = {
  lambda: ["reg_lambda", "lambda", "lambda_l2", "l2_regularization"],
  alpha: ["reg_alpha", "alpha", "lambda_l1"],
  gain: ["gamma", "min_split_loss", "min_split_gain", "min_gain_to_split"],
  weight: ["min_child_weight", "min_child_samples", "min_data_in_leaf", "min_sum_hessian_in_leaf"],
  rows: ["subsample", "bagging_fraction"],
  columns: [
    "colsample_bytree",
    "colsample_bylevel",
    "colsample_bynode",
    "feature_fraction",
    "feature_fraction_bynode",
  ],
} as const;

/** True where nothing that is given, or that holds by default, limits the trees. */
function isUnchecked({ parameters, library }: BoostingFact): boolean {
  const isAll = (names: readonly string[], value: number, otherwise: number) => {
    const given = names.filter((name) => parameters.has(name));
    return given.length === 0
      ? otherwise === value
      : given.every((name) => parameters.get(name) === value);
  };
  return (
    isAll(NAMES.lambda, 0, library === "xgboost" ? 1 : 0) &&
    isAll(NAMES.alpha, 0, 0) &&
    isAll(NAMES.gain, 0, 0) &&
    NAMES.weight.every((name) => !parameters.has(name)) &&
    isAll(NAMES.rows, 1, 1) &&
    isAll(NAMES.columns, 1, 1) &&
    [...parameters.keys()].every(
      (name) => !/early_stop|callbacks|max_delta|linear|boosting/.test(name),
    )
  );
}

function sizeOf({ parameters }: BoostingFact): string | undefined {
  const number = (...names: readonly string[]) =>
    names.map((name) => parameters.get(name)).find((value) => typeof value === "number") ?? 0;
  const trees = number("n_estimators", "num_boost_round", "num_iterations", "num_round");
  const depth = number("max_depth");
  const leaves = number("num_leaves", "max_leaves");
  if (typeof trees === "number" && trees >= MANY_TREES) return `${trees} trees`;
  if (typeof leaves === "number" && leaves >= MANY_LEAVES) return `trees of ${leaves} leaves`;
  return typeof depth === "number" && depth >= DEEP ? `trees of depth ${depth}` : undefined;
}

const SEARCH = /^(?:optuna|hyperopt|ray\.tune|skopt|flaml)\b/;

function isSearched({ program }: BoostingFact): boolean {
  const { calls, ids, imports, strings } = programIndex(program);
  const isStopped =
    calls.some(
      ({ call, name }) =>
        /early_?stop/i.test(name ?? "") ||
        call.arguments.some((argument) => /early_stop/.test(argument.name ?? "")),
    ) ||
    [...ids].some((id) => /early_?stop/i.test(id)) ||
    [...strings].some((text) => text.startsWith("early_stopping"));
  return (
    isStopped ||
    imports.some((statement) => statement.names.some(({ module }) => SEARCH.test(module))) ||
    calls.some(({ name }) => /SearchCV$|^suggest_/.test(name ?? ""))
  );
}

function fixesOf({ call, parameters, program }: BoostingFact): Fix[] {
  if (NAMES.lambda.some((name) => parameters.has(name))) return [];
  return [
    {
      title: "Add `reg_lambda=1.0`",
      safety: "suggestion",
      edits: [appendArgument(call, "reg_lambda=1.0", program.module.text)],
    },
  ];
}
