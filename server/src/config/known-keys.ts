/** Where a value may lie; bounds are inclusive unless they are marked as open. */
export interface Domain {
  readonly minimum: number;
  readonly maximum: number;
  readonly isMinimumOpen?: true;
  readonly isMaximumOpen?: true;
  /** "must lie between 0 and 1", for messages. */
  readonly words: string;
  /** Shares are often given in percent by mistake. */
  readonly isShare?: true;
}

export interface KnownKey {
  /** The quantity, for messages: "a weight decay". */
  readonly what: string;
  readonly domain: Domain;
  /** Whether the value is a list of such numbers, as `betas`. */
  readonly isList?: true;
  /** Ambiguous names are judged only beside one of these keys. */
  readonly beside?: readonly string[];
}

export const NON_NEGATIVE: Domain = { minimum: 0, maximum: Infinity, words: "must be 0 or more" };
const POSITIVE: Domain = {
  minimum: 0,
  isMinimumOpen: true,
  maximum: Infinity,
  words: "must be above 0",
};
const SHARE: Domain = { minimum: 0, maximum: 1, words: "must lie between 0 and 1", isShare: true };
const POSITIVE_SHARE: Domain = {
  ...SHARE,
  isMinimumOpen: true,
  words: "must be above 0 and at most 1",
};
const DECAY_RATE: Domain = {
  minimum: 0,
  maximum: 1,
  isMaximumOpen: true,
  words: "must be at least 0 and below 1",
};

const BOOSTING = [
  "boosting_type",
  "colsample_bytree",
  "eta",
  "feature_fraction",
  "gamma",
  "max_depth",
  "min_child_weight",
  "n_estimators",
  "num_boost_round",
  "num_leaves",
];
const ESTIMATOR = ["class_weight", "kernel", "l1_ratio", "max_iter", "penalty", "solver"];

const WEIGHT_DECAY: KnownKey = { what: "a weight decay", domain: NON_NEGATIVE };
const STRENGTH: KnownKey = { what: "a penalty strength", domain: NON_NEGATIVE };
const DROPOUT: KnownKey = { what: "a dropout probability", domain: SHARE };
const BETA: KnownKey = { what: "a moment's decay rate", domain: DECAY_RATE };
const SMOOTHING: KnownKey = { what: "label smoothing", domain: SHARE };

/**
 * Keys that regularize, with the range that their libraries define. Names that mean other things
 * elsewhere (`alpha`, `beta`, `momentum`) are left out on purpose.
 */
export const KNOWN_KEYS: ReadonlyMap<string, KnownKey> = new Map<string, KnownKey>([
  ["weight_decay", WEIGHT_DECAY],
  ["weight_decay_rate", WEIGHT_DECAY],
  ["weight_decay_end", WEIGHT_DECAY],
  ["layer_decay", { what: "a layer-wise decay factor", domain: SHARE }],
  ["l1_ratio", { what: "the L1 share of an elastic net", domain: SHARE }],
  ["reg_lambda", STRENGTH],
  ["reg_alpha", STRENGTH],
  ["lambda_l1", STRENGTH],
  ["lambda_l2", STRENGTH],
  ["l1_lambda", STRENGTH],
  ["l2_lambda", STRENGTH],
  ["l1_penalty", STRENGTH],
  ["l2_penalty", STRENGTH],
  ["l1_regularization", STRENGTH],
  ["l2_regularization", STRENGTH],
  ["regularization_lambda", STRENGTH],
  ["lambda", { ...STRENGTH, beside: BOOSTING }],
  ["C", { what: "the inverse penalty strength", domain: POSITIVE, beside: ESTIMATOR }],
  ["subsample", { what: "a share of rows", domain: POSITIVE_SHARE, beside: BOOSTING }],
  ["colsample_bytree", { what: "a share of columns", domain: POSITIVE_SHARE }],
  ["feature_fraction", { what: "a share of columns", domain: POSITIVE_SHARE, beside: BOOSTING }],
  ["bagging_fraction", { what: "a share of rows", domain: POSITIVE_SHARE, beside: BOOSTING }],
  ["label_smoothing", SMOOTHING],
  ["label_smoothing_factor", SMOOTHING],
  ["smoothing", { ...SMOOTHING, beside: ["mixup", "cutmix", "drop_path", "aa", "reprob"] }],
  ["dropout", DROPOUT],
  ["dropout_rate", DROPOUT],
  ["dropout_prob", DROPOUT],
  ["lora_dropout", DROPOUT],
  ["attention_dropout", DROPOUT],
  ["attn_dropout", DROPOUT],
  ["hidden_dropout", DROPOUT],
  ["hidden_dropout_prob", DROPOUT],
  ["attention_probs_dropout_prob", DROPOUT],
  ["classifier_dropout", DROPOUT],
  ["activation_dropout", DROPOUT],
  ["embd_pdrop", DROPOUT],
  ["resid_pdrop", DROPOUT],
  ["attn_pdrop", DROPOUT],
  ["emb_dropout", DROPOUT],
  ["ffn_dropout", DROPOUT],
  ["drop_path", { what: "a drop-path probability", domain: SHARE }],
  ["drop_path_rate", { what: "a drop-path probability", domain: SHARE }],
  ["betas", { ...BETA, isList: true }],
  ["adam_beta1", BETA],
  ["adam_beta2", BETA],
]);

/** The known key of a name, whatever its spelling: `weight-decay`, `WEIGHT_DECAY`. */
export function knownKey(key: string): KnownKey | undefined {
  const isShouted = key.length > 2 && key === key.toUpperCase();
  return KNOWN_KEYS.get((isShouted ? key.toLowerCase() : key).replaceAll("-", "_"));
}

/** Ends of names whose values are numbers, whatever the framework. */
const NUMERIC_WORDS = new Set([
  "alpha",
  "beta",
  "beta1",
  "beta2",
  "betas",
  "coef",
  "coefficient",
  "decay",
  "dropout",
  "eps",
  "epsilon",
  "factor",
  "gamma",
  "l1",
  "l2",
  "lambda",
  "lr",
  "lr0",
  "lrf",
  "momentum",
  "norm",
  "penalty",
  "rate",
  "ratio",
  "reg",
  "smoothing",
  "strength",
  "temperature",
  "tol",
  "tolerance",
  "wd",
  "weight",
]);

/** Whether a key names a quantity: a known key, or a name that ends like `warmup_lr`, `minLr`. */
export function isNumericKey(key: string): boolean {
  if (knownKey(key) !== undefined) return true;
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return (
    NUMERIC_WORDS.has(words.at(-1) ?? "") || /^(?:lr|lambda|l[12])(?:_|$)/.test(words.join("_"))
  );
}
