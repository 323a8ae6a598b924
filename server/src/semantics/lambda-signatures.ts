import type { Quantities, Values } from "../lambda/convention.ts";

/** Reads a call's arguments; whatever is not known for certain is `undefined`. */
export interface ArgumentReader {
  /** The number, `absent` where the argument is not given. */
  number(name: string, position: number | undefined, absent: number): number | undefined;
  /** A text or None; `absent` where the argument is not given. */
  text(
    name: string,
    position: number | undefined,
    absent: string | null,
  ): string | null | undefined;
}

/** Where an API takes its λ, and what its other arguments make of it. */
export interface LambdaSignature {
  /** Arguments that are numbers of the convention. */
  readonly arguments: readonly {
    readonly names: readonly string[];
    readonly position?: number;
    /** Name of the convention's parameter. */
    readonly parameter: string;
    /** The convention's default when absent. */
    readonly default?: number;
  }[];
  /** Id of the convention that the call's options choose; `undefined` where they are not known. */
  readonly convention: (read: ArgumentReader) => string | undefined;
  /** Numbers of the convention that follow from other options; `undefined` where not known. */
  readonly implied?: (read: ArgumentReader) => Values | undefined;
  readonly known?: (read: ArgumentReader) => Quantities;
}

type Strength = LambdaSignature["arguments"][number];

const alpha = (absent: number, position?: number): Strength => ({
  names: ["alpha"],
  parameter: "alpha",
  default: absent,
  ...(position === undefined ? {} : { position }),
});
const C: Strength = { names: ["C"], parameter: "C", default: 1 };

const always = (id: string) => (): string => id;

/** r by the name of the penalty; `undefined` for no penalty and for names that are not known. */
function ratioOf(
  penalty: string | null | undefined,
  ratio: () => number | undefined,
): Values | undefined {
  if (penalty === "l2") return { l1_ratio: 0 };
  if (penalty === "l1") return { l1_ratio: 1 };
  const mixed = penalty === "elasticnet" ? ratio() : undefined;
  return mixed === undefined ? undefined : { l1_ratio: mixed };
}

function sgd(conventionOf: (loss: string | null | undefined) => string | undefined, loss: string) {
  return {
    arguments: [alpha(1e-4)],
    convention: (read: ArgumentReader) => conventionOf(read.text("loss", 0, loss)),
    implied: (read: ArgumentReader) =>
      ratioOf(read.text("penalty", undefined, "l2"), () =>
        read.number("l1_ratio", undefined, 0.15),
      ),
  };
}

const SGD_CLASSIFIERS: Readonly<Record<string, string>> = {
  log_loss: "sklearn-sgd-logistic",
  log: "sklearn-sgd-logistic",
  hinge: "sklearn-sgd-hinge",
  squared_hinge: "sklearn-sgd-squared-hinge",
};
const LINEAR_SVCS: Readonly<Record<string, string>> = {
  squared_hinge: "sklearn-linear-svc",
  hinge: "sklearn-linear-svc-hinge",
};

const logistic: LambdaSignature = {
  arguments: [C],
  convention: (read) => {
    const solver = read.text("solver", undefined, "lbfgs");
    if (typeof solver !== "string") return undefined;
    return solver === "liblinear" ? "sklearn-logistic-liblinear" : "sklearn-logistic-regression";
  },
  // Since 1.8 `l1_ratio` alone chooses; `penalty` is deprecated and still in most code.
  implied: (read) => {
    const penalty = read.text("penalty", 0, "deprecated");
    const ratio = () => read.number("l1_ratio", undefined, 0);
    return penalty === "deprecated" ? ratioOf("elasticnet", ratio) : ratioOf(penalty, ratio);
  },
};

const mlp = (id: string): LambdaSignature => ({
  arguments: [alpha(1e-4)],
  convention: always(id),
  known: (read) => {
    const batchSize = read.number("batch_size", undefined, Number.NaN);
    const isFull = read.text("solver", undefined, "adam") === "lbfgs";
    return batchSize === undefined || Number.isNaN(batchSize) || isFull ? {} : { batchSize };
  },
});

const boosted = (names: { readonly l1: readonly string[]; readonly l2: readonly string[] }) =>
  [
    { names: names.l2, parameter: "reg_lambda" },
    { names: names.l1, parameter: "reg_alpha" },
  ] as const;

const xgboost: LambdaSignature = {
  arguments: boosted({ l1: ["reg_alpha"], l2: ["reg_lambda"] }),
  convention: (read) => {
    const booster = read.text("booster", undefined, "gbtree");
    if (booster === "gblinear") return "xgboost-linear";
    return booster === "gbtree" || booster === "dart" || booster === null
      ? "xgboost-tree"
      : undefined;
  },
};
const lightgbm: LambdaSignature = {
  arguments: boosted({ l1: ["reg_alpha", "lambda_l1"], l2: ["reg_lambda", "lambda_l2"] }),
  convention: always("lightgbm"),
};

const kerasNorm = (norm: "l1" | "l2"): LambdaSignature => ({
  arguments: [{ names: [norm, "l"], position: 0, parameter: norm, default: 0.01 }],
  convention: always(`keras-${norm}`),
});
const kerasBoth = (absent: number): LambdaSignature => ({
  arguments: [
    { names: ["l1"], position: 0, parameter: "l1", default: absent },
    { names: ["l2"], position: 1, parameter: "l2", default: absent },
  ],
  convention: always("keras-l1l2"),
});

const huggingFace: LambdaSignature = {
  arguments: [{ names: ["weight_decay"], parameter: "weight_decay", default: 0 }],
  convention: (read) => {
    const optimizer = read.text("optim", undefined, "adamw_torch");
    return typeof optimizer === "string" && /^(?:paged_)?adamw/.test(optimizer)
      ? "hf-training-arguments"
      : undefined;
  },
  known: (read) => {
    const learningRate = read.number("learning_rate", undefined, 5e-5);
    const steps = read.number("max_steps", undefined, -1);
    return {
      ...(learningRate === undefined ? {} : { learningRate }),
      ...(steps === undefined || steps <= 0 ? {} : { steps }),
    };
  },
};

/** Signatures of scikit-learn 1.9, Keras 3.15, XGBoost 3.2, LightGBM 4.7 and transformers. */
const SIGNATURES: Readonly<Record<string, LambdaSignature>> = {
  "sklearn.linear_model.Ridge": {
    arguments: [alpha(1, 0)],
    convention: always("sklearn-ridge"),
  },
  "sklearn.linear_model.RidgeClassifier": {
    arguments: [alpha(1, 0)],
    convention: always("sklearn-ridge-classifier"),
  },
  "sklearn.linear_model.Lasso": {
    arguments: [alpha(1, 0)],
    convention: always("sklearn-lasso"),
  },
  "sklearn.linear_model.ElasticNet": {
    arguments: [alpha(1, 0), { names: ["l1_ratio"], parameter: "l1_ratio", default: 0.5 }],
    convention: always("sklearn-elastic-net"),
  },
  "sklearn.linear_model.SGDRegressor": sgd(
    (loss) => (loss === "squared_error" ? "sklearn-sgd-regressor" : undefined),
    "squared_error",
  ),
  "sklearn.linear_model.SGDClassifier": sgd(
    (loss) => (typeof loss === "string" ? SGD_CLASSIFIERS[loss] : undefined),
    "hinge",
  ),
  "sklearn.linear_model.LogisticRegression": logistic,
  "sklearn.svm.SVC": { arguments: [C], convention: always("sklearn-svc") },
  "sklearn.svm.LinearSVC": {
    arguments: [C],
    convention: (read) => {
      const loss = read.text("loss", 1, "squared_hinge");
      const isL2 = read.text("penalty", 0, "l2") === "l2";
      return isL2 && typeof loss === "string" ? LINEAR_SVCS[loss] : undefined;
    },
  },
  "sklearn.neural_network.MLPRegressor": mlp("sklearn-mlp-regressor"),
  "sklearn.neural_network.MLPClassifier": mlp("sklearn-mlp-classifier"),
  "keras.regularizers.L2": kerasNorm("l2"),
  "keras.regularizers.l2": kerasNorm("l2"),
  "keras.regularizers.L1": kerasNorm("l1"),
  "keras.regularizers.l1": kerasNorm("l1"),
  "keras.regularizers.L1L2": kerasBoth(0),
  "keras.regularizers.l1_l2": kerasBoth(0.01),
  "transformers.TrainingArguments": huggingFace,
  "transformers.Seq2SeqTrainingArguments": huggingFace,
  "xgboost.XGBRegressor": xgboost,
  "xgboost.XGBClassifier": xgboost,
  "xgboost.XGBRanker": xgboost,
  "lightgbm.LGBMRegressor": lightgbm,
  "lightgbm.LGBMClassifier": lightgbm,
  "lightgbm.LGBMRanker": lightgbm,
};

const LAMBDA_NAMES = { l1: ["alpha", "reg_alpha"], l2: ["lambda", "reg_lambda"] };
const LIGHTGBM_NAMES = {
  l1: ["lambda_l1", "reg_alpha", "l1_regularization"],
  l2: ["lambda_l2", "reg_lambda", "lambda", "l2_regularization"],
};

/** Functions whose first argument is a dict of parameters. */
const PARAMETER_DICTS: Readonly<Record<string, LambdaSignature>> = {
  "xgboost.train": { ...xgboost, arguments: boosted(LAMBDA_NAMES) },
  "xgboost.cv": { ...xgboost, arguments: boosted(LAMBDA_NAMES) },
  "lightgbm.train": { ...lightgbm, arguments: boosted(LIGHTGBM_NAMES) },
  "lightgbm.cv": { ...lightgbm, arguments: boosted(LIGHTGBM_NAMES) },
};

export function parametersSignature(qualifiedName: string): LambdaSignature | undefined {
  return Object.hasOwn(PARAMETER_DICTS, qualifiedName) ? PARAMETER_DICTS[qualifiedName] : undefined;
}

/** Least squares of statsmodels, whose `fit_regularized` is a method of the model. */
export const OLS_FIT: LambdaSignature = {
  arguments: [
    { names: ["alpha"], position: 1, parameter: "alpha", default: 0 },
    { names: ["L1_wt"], position: 2, parameter: "L1_wt", default: 1 },
  ],
  convention: (read) =>
    read.text("method", 0, "elastic_net") === "elastic_net" ? "statsmodels-ols" : undefined,
};

const OLS = /^statsmodels\.(?:\w+\.)*OLS$/;

export const isOls = (qualifiedName: string | undefined): boolean =>
  qualifiedName !== undefined && OLS.test(qualifiedName);

export function lambdaSignature(qualifiedName: string): LambdaSignature | undefined {
  return Object.hasOwn(SIGNATURES, qualifiedName) ? SIGNATURES[qualifiedName] : undefined;
}
