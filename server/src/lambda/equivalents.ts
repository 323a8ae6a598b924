import type { Convention, DataLoss, Quantity } from "./convention.ts";
import { type Conversion, convert } from "./convert.ts";
import type { DescribedLambda } from "./described-lambda.ts";
import { findConvention } from "./find-convention.ts";
import { codeNumber } from "./number-text.ts";

/** A λ in another convention, or why there is none. */
export interface Equivalent {
  readonly convention: Convention;
  readonly conversion: Conversion;
  /** The call with the converted numbers; `undefined` where there is no conversion. */
  readonly code: string | undefined;
}

/** What a reader may want to compare with, the most common first. */
const SHOWN: readonly string[] = [
  "torch-sgd",
  "torch-adamw",
  "keras-l2",
  "keras-l1",
  "keras-l1l2",
  "keras-optimizer",
  "optax-adamw",
  "written-plain",
  "written-l1",
  "written-elastic-net",
  "tf-l2-loss",
  "sklearn-ridge",
  "sklearn-lasso",
  "sklearn-elastic-net",
  "sklearn-sgd-regressor",
  "sklearn-logistic-regression",
  "sklearn-sgd-logistic",
  "sklearn-svc",
  "sklearn-sgd-hinge",
  "composer-decoupled",
  "adamw-paper",
  "xgboost-tree",
  "lightgbm",
];

/** What is likely to be confused with it: same name, other meaning. */
const CONFUSED: Readonly<Record<string, string>> = {
  "torch-adam": "torch-adamw",
  "torch-sgd": "torch-adamw",
  "optax-adam-l2": "optax-adamw",
  "torch-adamw": "torch-adam",
  "keras-optimizer": "keras-l2",
  "keras-l2": "keras-optimizer",
  "hf-training-arguments": "torch-adam",
};

/** Those with two terms say nothing more where one term is enough. */
const SIMPLER: Readonly<Record<string, readonly string[]>> = {
  "keras-l1l2": ["keras-l1", "keras-l2"],
  "sklearn-elastic-net": ["sklearn-ridge", "sklearn-lasso"],
  "written-elastic-net": ["written-plain", "written-l1"],
};

const MOST_ROWS = 7;

/** The λ elsewhere: exact equivalents, those that only lack a number, and the usual confusion. */
export function equivalents(lambda: DescribedLambda): readonly Equivalent[] {
  const { convention } = lambda;
  const found = SHOWN.filter((id) => id !== convention.id)
    .flatMap((id) => findConvention(id) ?? [])
    .map((to) => equivalent(lambda, to))
    .filter(({ conversion }) => conversion.kind !== "none")
    .filter(({ convention: to }) => !(convention.isRescaled === true && to.decay !== undefined))
    .filter((row, _index, rows) => !hasSimpler(row, [convention, ...rows.map(conventionOf)]));
  const exact = found.filter(({ conversion }) => conversion.kind === "exact");
  // Whose momentum would matter is an optimizer that is not there yet.
  const open = found.filter(
    ({ conversion }) => conversion.kind === "needs" && !conversion.quantities.includes("momentum"),
  );
  const confused = findConvention(CONFUSED[convention.id] ?? "");
  const warning = confused === undefined ? [] : [equivalent(lambda, confused)];
  const isNew = ({ convention: { id } }: Equivalent) =>
    !exact.some((row) => row.convention.id === id);
  return [...exact, ...open].slice(0, MOST_ROWS).concat(warning.filter(isNew));
}

const conventionOf = ({ convention }: Equivalent): Convention => convention;

function hasSimpler({ convention }: Equivalent, others: readonly Convention[]): boolean {
  return others.some(({ id }) => SIMPLER[convention.id]?.includes(id) === true);
}

function equivalent({ convention, values, known }: DescribedLambda, to: Convention): Equivalent {
  const conversion = convert(convention, values, to, known);
  if (conversion.kind !== "exact") return { convention: to, conversion, code: undefined };
  const texts = Object.entries(conversion.values).map(
    ([name, value]) => [name, codeNumber(value)] as const,
  );
  return { convention: to, conversion, code: to.code(Object.fromEntries(texts)) };
}

const LOSS_WORDS: Readonly<Record<DataLoss, string>> = {
  any: "",
  "half-squared": "½(y − ŷ)²",
  logistic: "the logistic loss",
  hinge: "the hinge loss",
  "squared-hinge": "the squared hinge loss",
};

/** For which data loss a conversion between the two holds; "" where that does not matter. */
export function lossCondition(from: Convention, to: Convention): string {
  const [a, b] = [from.penalty?.loss, to.penalty?.loss];
  if (a === undefined || b === undefined || a === b) return "";
  return LOSS_WORDS[a === "any" ? b : a];
}

export const QUANTITY_WORDS: Readonly<Record<Quantity, string>> = {
  samples: "the number of training samples",
  batchSize: "the batch size",
  learningRate: "the learning rate",
  momentum: "the momentum",
  stepsPerEpoch: "the steps of an epoch",
  steps: "the number of steps",
};
