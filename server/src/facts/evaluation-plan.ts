import type { Span } from "../../../core/protocol/span.ts";
import { configView } from "../config/config-view.ts";
import { mayBeConfig } from "../config/may-be-config.ts";
import { scalarOf } from "../config/scalar-value.ts";
import { argumentOf, hasSplat, numberArgument } from "../semantics/call-arguments.ts";
import { type CallSite, programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { ConfigTree } from "../syntax/config/config-tree.ts";
import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import type { Extractor } from "./extractor.ts";

/** Training over several epochs that names no data to evaluate on. */
export interface EvaluationPlanFact {
  readonly kind: "evaluationPlan";
  readonly epochs: number;
  /** Where the epochs stand, or what is trained without naming them. */
  readonly span: Span;
  /** Name of the config's dialect; `undefined` for Python. */
  readonly dialect: string | undefined;
}

export const evaluationPlanFacts: Extractor<EvaluationPlanFact> = {
  kind: "evaluationPlan",
  languages: ["python", "yaml", "json", "toml"],
  extract(syntax, document) {
    if (syntax.language === "python") return inPython(syntax.program);
    const view = mayBeConfig(document) ? configView(syntax, document) : undefined;
    const name = view?.dialect?.name;
    if (view === undefined || name === undefined || !TRAINERS.has(name)) return [];
    return inConfig(view.tree, name);
  },
};

const TRAINERS: ReadonlySet<string> = new Set([
  "hf-training-arguments",
  "axolotl",
  "llama-factory",
]);
const EPOCHS = ["num_train_epochs", "num_epochs"];
/** Keys that say, one way or the other, what becomes of evaluation. */
const DECIDES = /^(?:do_eval|do_predict|eval_?|evaluation_|evaluate|val_|validation_|test_)/;
/** Sizes and steps decide nothing: templates carry them along. */
const ONLY_TUNES =
  /^(?:eval_steps|eval_batch_size|eval_accumulation_steps|eval_delay|eval_sample_packing|eval_table_size|eval_max_new_tokens)$/;

function inConfig(tree: ConfigTree, dialect: string): EvaluationPlanFact[] {
  const [root] = tree.roots;
  if (root?.kind !== "mapping" || tree.roots.length !== 1) return [];
  const epochs = root.entries.find(({ key }) => EPOCHS.includes(key));
  const count = scalarOf(epochs?.value);
  if (epochs === undefined || typeof count !== "number") return [];
  const isDecided = root.entries.some(
    ({ key, value }) =>
      key === "<<" ||
      (DECIDES.test(key) && !ONLY_TUNES.test(key)) ||
      (key === "max_steps" && scalarOf(value) !== -1) ||
      (key === "stage" && scalarOf(value) === "pt") ||
      key === "pretraining_dataset",
  );
  if (isDecided) return [];
  return [{ kind: "evaluationPlan", epochs: count, span: epochs.keySpan, dialect }];
}

const TRAINER = /^(?:transformers\.(?:\w+\.)*(?:Seq2Seq)?Trainer|trl\.(?:\w+\.)*SFTTrainer)$/;
const ARGUMENTS =
  /^(?:transformers\.(?:\w+\.)*(?:Seq2Seq)?TrainingArguments|trl\.(?:\w+\.)*SFTConfig)$/;
/** Epochs of `TrainingArguments` that are not named. */
const DEFAULT_EPOCHS = 3;

function inPython(program: PythonProgram): EvaluationPlanFact[] {
  const { calls } = programIndex(program);
  const isEvaluated = calls.some(({ name }) => name === "evaluate" || name === "predict");
  return isEvaluated ? [] : calls.flatMap((site) => planOf(site, program) ?? []);
}

function planOf(site: CallSite, program: PythonProgram): EvaluationPlanFact | undefined {
  const { call, qualifiedName = "" } = site;
  if (!TRAINER.test(qualifiedName) || hasSplat(call)) return undefined;
  const isNamed = ["eval_dataset", "compute_metrics", "callbacks"].some(
    (name) => argumentOf(call, name) !== undefined,
  );
  const given = argumentOf(call, "args", 1)?.value;
  const settings = given === undefined ? undefined : settingsOf(given, program);
  if (isNamed || argumentOf(call, "train_dataset") === undefined || settings === undefined)
    return undefined;
  const steps = numberArgument(settings, "max_steps", undefined, program);
  const isDecided = settings.arguments.some(
    ({ name }) => name !== undefined && DECIDES.test(name) && !ONLY_TUNES.test(name),
  );
  if (hasSplat(settings) || steps.kind !== "absent" || isDecided) return undefined;
  const epochs = numberArgument(settings, "num_train_epochs", undefined, program);
  if (epochs.kind === "absent") {
    return {
      kind: "evaluationPlan",
      epochs: DEFAULT_EPOCHS,
      span: call.callee.span,
      dialect: undefined,
    };
  }
  return epochs.kind === "unknown"
    ? undefined
    : { kind: "evaluationPlan", epochs: epochs.value, span: epochs.span, dialect: undefined };
}

function settingsOf(given: Expression, program: PythonProgram): CallExpression | undefined {
  const definition = given.kind === "name" ? program.definition(given) : undefined;
  const value = definition?.kind === "assigned" ? definition.value : given;
  if (value.kind !== "call") return undefined;
  return ARGUMENTS.test(program.qualifiedName(value.callee) ?? "") ? value : undefined;
}
