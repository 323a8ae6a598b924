import type { NamedValue, NamedValuesFact } from "../facts/named-values.ts";
import { argumentOf, numberArgument } from "./call-arguments.ts";
import { programIndex } from "./program-index.ts";

/** A regularizer that is given and cannot do anything. */
export interface IdleRegularizer {
  readonly value: NamedValue;
  /** Why, as the end of a sentence. */
  readonly why: string;
}

type Given = (name: string) => NamedValue | undefined;

/** The first regularizer among these values that has no effect. */
export function idleRegularizer(fact: NamedValuesFact): IdleRegularizer | undefined {
  const given: Given = (name) => fact.values.find((value) => value.name === name);
  if (fact.call !== undefined && !fact.isOpen) {
    return recurrentDropout(fact, given) ?? elasticShare(fact, given) ?? linearBooster(given);
  }
  return linearBooster(given) ?? (fact.isRoot ? ofTool(fact, given) : undefined);
}

const isPositive = (value: NamedValue | undefined): value is NamedValue =>
  typeof value?.value === "number" && value.value > 0;

/** PyTorch drops between stacked layers only. */
function recurrentDropout({ call }: NamedValuesFact, given: Given): IdleRegularizer | undefined {
  const name = /^torch\.nn\.(LSTM|GRU|RNN)$/.exec(call?.qualifiedName ?? "")?.[1];
  const dropout = given("dropout");
  if (call === undefined || name === undefined || !isPositive(dropout)) return undefined;
  const layers = numberArgument(call.node, "num_layers", 2, call.program);
  const isOne = layers.kind === "absent" || (layers.kind === "constant" && layers.value === 1);
  if (!isOne) return undefined;
  return {
    value: dropout,
    why: `\`nn.${name}\` drops between its layers, and there is only one`,
  };
}

/** Solvers of scikit-learn's logistic regression that know no L1. */
const SMOOTH_SOLVERS: ReadonlySet<unknown> = new Set([
  "lbfgs",
  "newton-cg",
  "newton-cholesky",
  "sag",
  "liblinear",
]);

const MIXED = /^sklearn\.linear_model\.(?:\w+\.)?(LogisticRegression|SGDClassifier|SGDRegressor)$/;

function elasticShare({ call }: NamedValuesFact, given: Given): IdleRegularizer | undefined {
  const ratio = given("l1_ratio");
  if (call === undefined || !isPositive(ratio) || Number(ratio.value) >= 1) return undefined;
  const name = MIXED.exec(call.qualifiedName)?.[1];
  if (name === undefined || isPenaltySearched(call.program)) return undefined;
  const penalty = given("penalty");
  if (penalty !== undefined) {
    const { value } = penalty;
    return value === "l1" || value === "l2"
      ? { value: ratio, why: `the penalty is \`${value}\`, not \`elasticnet\`` }
      : undefined;
  }
  if (argumentOf(call.node, "penalty", name === "LogisticRegression" ? 0 : 1) !== undefined) {
    return undefined;
  }
  return ratioByDefault(name, ratio, given("solver")?.value);
}

/** Without a penalty logistic regression goes by the ratio, where its solver can. */
function ratioByDefault(
  name: string,
  value: NamedValue,
  solver: NamedValue["value"],
): IdleRegularizer | undefined {
  if (name !== "LogisticRegression") {
    const why = `\`${name}\` uses it only with \`penalty="elasticnet"\`, and its default is L2`;
    return { value, why };
  }
  return SMOOTH_SOLVERS.has(solver)
    ? { value, why: `the solver \`${solver}\` has no mix of L1 and L2` }
    : undefined;
}

/** A search may set the penalty later. */
function isPenaltySearched(program: Parameters<typeof programIndex>[0]): boolean {
  return [...programIndex(program).strings].some((text) => /(?:^|__)penalty$/.test(text));
}

const TREE_ONLY = ["gamma", "min_split_loss", "subsample", "colsample_bytree", "min_child_weight"];

function linearBooster(given: Given): IdleRegularizer | undefined {
  if (given("booster")?.value !== "gblinear") return undefined;
  const value = TREE_ONLY.map(given).find(isPositive);
  return value === undefined ? undefined : { value, why: "`gblinear` grows no trees" };
}

function ofTool({ dialect, isOpen }: NamedValuesFact, given: Given): IdleRegularizer | undefined {
  if (isOpen) return undefined;
  const lora = given("lora_dropout");
  switch (dialect) {
    case "llama-factory": {
      const type = given("finetuning_type")?.value;
      return isPositive(lora) && (type === "full" || type === "freeze")
        ? { value: lora, why: `\`finetuning_type: ${type}\` trains no LoRA adapter` }
        : undefined;
    }
    case "axolotl":
      return axolotl(given);
    case "ultralytics": {
      const dropout = given("dropout");
      const task = given("task")?.value;
      return isPositive(dropout) && ["detect", "segment", "pose", "obb"].some((one) => one === task)
        ? { value: dropout, why: `Ultralytics uses it to classify, and the task is \`${task}\`` }
        : undefined;
    }
    default:
      return undefined;
  }
}

function axolotl(given: Given): IdleRegularizer | undefined {
  const isMissing = (name: string) => {
    const value = given(name);
    return value === undefined || value.value === null;
  };
  const lora = given("lora_dropout");
  if (
    isPositive(lora) &&
    ["adapter", "lora_model_dir", "peft", "lora_target_modules"].every(isMissing)
  ) {
    return { value: lora, why: "no `adapter` is trained" };
  }
  const patience = given("early_stopping_patience");
  const isHeldOut = !isMissing("test_datasets") || isPositive(given("val_set_size"));
  const isUnknown =
    given("val_set_size") !== undefined && typeof given("val_set_size")?.value !== "number";
  return isPositive(patience) && !isHeldOut && !isUnknown
    ? { value: patience, why: "there is no `val_set_size` to evaluate on" }
    : undefined;
}
