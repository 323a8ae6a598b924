import { byName } from "./by-name.ts";
import { wordsOf } from "./identifier-words.ts";
import type { NormKind } from "./training-term.ts";

/** Names of arrays of weights in code that has no layers: `w`, `W1`, `theta`, `weights_ih`. */
export const WEIGHT_NAME = String.raw`_?(?:w|W|[tT]heta|weights?|kernel|coefs?_?)(?:_?\d+|_[a-z]{1,3})?_?`;
/** Names of pytrees and lists of parameters, whatever their case. */
export const PARAMETERS_NAME = String.raw`(?:\w+_)?(?:params|parameters|variables|trainables?)`;

const ONLY_WEIGHTS = new RegExp(`^${WEIGHT_NAME}$`);
const ONLY_PARAMETERS = new RegExp(`^${PARAMETERS_NAME}$`, "i");

export const isWeightName = (id: string): boolean => ONLY_WEIGHTS.test(id);

export const isParametersName = (id: string): boolean => ONLY_PARAMETERS.test(id);

/** Names of models: `net`, `self.encoder`, `my_model`. */
export function isModelName(id: string): boolean {
  const last = wordsOf(id).at(-1) ?? "";
  return /^(?:net|nets|model|module|network|encoder|decoder|backbone|classifier|self|mlp|cnn|net\d|model\d)$/.test(
    last,
  );
}

/** Words that make another thing of a name that speaks of a penalty: its coefficient, its kind. */
const OTHERWISE = new Set(
  "alpha beta coef coeff coefficient commitment cosine diversity entropy exp factor fn func function gamma gp grad gradient gradients is kind kl lam lambda lambd lamb length lmbda loader log lr margin mode mu name orthogonal presence proximal rate ratio repetition scale schedule smooth strength target tv type use wd with".split(
    " ",
  ),
);

/** The norm that a name speaks of; `undefined` for names that speak of none. */
export const normInName: (id: string) => NamedNorm | undefined = byName(readNorm);

type NamedNorm = Extract<NormKind, "l1" | "l2" | "unknown">;

function readNorm(id: string): NamedNorm | undefined {
  const words = wordsOf(id);
  const has = (...some: readonly string[]) => words.some((word) => some.includes(word));
  if (words.some((word) => OTHERWISE.has(word))) return undefined;
  const isFirst = has("l1", "lasso");
  const isSecond = has("l2", "ridge") || (has("weight") && has("decay"));
  if (isFirst || isSecond) return isFirst && isSecond ? "unknown" : isFirst ? "l1" : "l2";
  const isPenalty = has(
    "reg",
    "regularization",
    "regularisation",
    "regularizer",
    "regulariser",
    "penalty",
    "penalties",
  );
  return isPenalty ? "unknown" : undefined;
}

/** True for names of coefficients: `lam`, `l2_lambda`, `weight_decay`, `args.alpha`. */
export function isCoefficientName(id: string): boolean {
  return /(?:^|_)(?:lam|lamb|lambda|lambd|lmbda|lmbd|alpha|beta|gamma|mu|eta|rho|coef|coeff|coefficient|strength|scale|factor|ratio|wd|decay|reg|rate|lr|c|r|l1|l2|l1r|l2r|eps|weight)_?\d*$/i.test(
    id,
  );
}

const LOSS_WORDS = new Set(
  "loss losses criterion objective cost ce bce mse mae nll xent crossentropy error risk".split(" "),
);

/** True for names of losses that read the data, and of functions that give one. */
export const isDataLossName: (id: string) => boolean = byName((id) => {
  const words = wordsOf(id);
  if (normInName(id) === "unknown") return false;
  const isEntropy = words.includes("cross") && words.includes("entropy");
  return isEntropy || words.some((word) => LOSS_WORDS.has(word.replace(/\d+$/, "")));
});
