import { byName } from "./by-name.ts";
import { wordsOf } from "./identifier-words.ts";

export type RegularizerForm =
  | "dropout"
  | "penalty term"
  | "layer penalty"
  | "weight constraint"
  | "noise"
  | "augmentation"
  | "label smoothing"
  | "mixup"
  | "early stopping"
  | "weight normalization";

const BY_NAME: readonly (readonly [RegExp, RegularizerForm])[] = [
  [/dropout(?:[123]d)?_?$/i, "dropout"],
  [/^(?:drop_?path|stochastic_?depth|drop_?block\w*|drop_?connect)$/i, "dropout"],
  [/^GaussianNoise$/, "noise"],
  [/^(?:spectral_?norm\w*|weight_?norm\w*)$/i, "weight normalization"],
  [/^(?:max_?norm|renorm_?|UnitNorm|MinMaxNorm)$/i, "weight constraint"],
  [/^EarlyStopping\w*$/, "early stopping"],
  [/^(?:mixup|cutmix|cutout)(?:_\w+)?$/i, "mixup"],
  [/^(?:RandAugment|AutoAugment|TrivialAugmentWide|AugMix|SpecAugment)$/, "augmentation"],
  // Of TensorFlow.js, which has no layers that transform at random.
  [/^flip_left_right$/, "augmentation"],
  [/^(?:ColorJitter|ElasticTransform|ImageDataGenerator)$/, "augmentation"],
  [/^(?:Frequency|Time)Masking$/, "augmentation"],
];

/** Layers that drop activations unless told otherwise: `dropout=0.1` is their default. */
export const DROPPING = /^torch\.nn\.Transformer(?:EncoderLayer|DecoderLayer)?$/;

/** Random transforms by the library that they come from; `Random…` alone may mean much else. */
const RANDOM = /^Random[A-Z]\w*$/;
const NOT_AUGMENTATION =
  /^Random(?:(?:State|Forest|Uniform|Normal)\w*|\w*(?:Data|Dataset|DataModule|DataLoader|Loader|Sampler|Search|Tuner))$/;
const AUGMENTATION_MODULES =
  /^(?:torchvision\.transforms|keras\.layers|albumentations|kornia\.augmentation|imgaug)\b/;

const formByName = byName((name) => BY_NAME.find(([pattern]) => pattern.test(name))?.[1]);

/** The regularizer that a call of this name is. */
export function formOfName(
  name: string,
  qualifiedName: string | undefined,
): RegularizerForm | undefined {
  const known = formByName(name);
  if (known !== undefined) return known;
  if (DROPPING.test(qualifiedName ?? "")) return "dropout";
  const isRandom = RANDOM.test(name) && !NOT_AUGMENTATION.test(name);
  if (isRandom && !/^(?:sklearn|numpy|random)\b/.test(qualifiedName ?? "")) return "augmentation";
  const isAugmenter = AUGMENTATION_MODULES.test(qualifiedName ?? "");
  return isAugmenter && /^(?:Horizontal|Vertical)Flip$/.test(name) ? "augmentation" : undefined;
}

const BY_KEYWORD: readonly (readonly [RegExp, RegularizerForm])[] = [
  [/^(?:\w+_drop|(?:\w+_)?dropout\w*|(?:\w+_)?drop_(?:rate|prob|path\w*))$/, "dropout"],
  [/^\w+_regularizer$/, "layer penalty"],
  [/^\w+_constraint$/, "weight constraint"],
  [/^label_smoothing$/, "label smoothing"],
  [/^(?:mixup|cutmix)(?:_\w+)?$/, "mixup"],
  [/^early_stopping\w*$/, "early stopping"],
];

/** The regularizer that a keyword argument of this name asks for. */
export const formOfKeyword: (name: string) => RegularizerForm | undefined = byName(
  (name) => BY_KEYWORD.find(([pattern]) => pattern.test(name))?.[1],
);

const PENALTY_WORDS = new Set([
  "penalty",
  "penalties",
  "regularization",
  "regularisation",
  "regularizer",
  "regulariser",
  "regularize",
  "reg",
]);

/** Words beside `l1` and `l2` that make another thing of them: a loss, a clipped norm, a cache. */
const NOT_A_PENALTY = new Set(
  "smooth loss clip clipping normalize normalized distance dist cache promote".split(" "),
);

const SCHEDULES = new Set(["lr", "plateau", "scheduler", "schedule"]);

/** Names that speak of a penalty, of early stopping or of mixed samples. */
export const formOfIdentifier: (id: string) => RegularizerForm | undefined = byName((id) => {
  const words = wordsOf(id);
  const has = (word: string) => words.includes(word);
  if (words.some((word) => PENALTY_WORDS.has(word))) return "penalty term";
  const isNorm = has("l1") || has("l2");
  if (isNorm && !words.some((word) => NOT_A_PENALTY.has(word))) return "penalty term";
  if (has("early") && words.some((word) => word.startsWith("stop"))) return "early stopping";
  // A schedule of the learning rate waits as well, and then trains on.
  if (has("patience") && !words.some((word) => SCHEDULES.has(word))) return "early stopping";
  return has("mixup") || has("cutmix") ? "mixup" : undefined;
});
