import type { Argument, CallExpression, Expression } from "../syntax/python/ast.ts";
import { expressionsIn } from "../syntax/python/walk.ts";
import { argumentOf } from "./call-arguments.ts";
import type { MadeChoice } from "./made-choice.ts";
import { type CallSite, lastName, programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";
import { splitRole } from "./split-role.ts";

/** `fit(…, validation_data=…)` and its kin where a callback or an option keeps the best epoch. */
export function monitoredChoices(program: PythonProgram): readonly MadeChoice[] {
  return programIndex(program).calls.flatMap((site) => {
    const argument = monitoredData(site);
    if (argument === undefined) return [];
    const data = innermost(argument.value);
    const role = splitRole(data, program);
    const means = role === undefined ? undefined : chooserOf(site, argument, program);
    if (role === undefined || means === undefined) return [];
    return [{ span: argument.span, means, scored: { data, role }, argument }];
  });
}

const MONITORED = [
  "validation_data",
  "eval_set",
  "evals",
  "valid_sets",
  "val_dataloaders",
  "eval_dataset",
];

function monitoredData({ call, name }: CallSite): Argument | undefined {
  if (name === undefined || !/^(?:fit|train|search|fit_generator|\w*Trainer)$/.test(name)) {
    return undefined;
  }
  return call.arguments.find((argument) => MONITORED.includes(argument.name ?? ""));
}

/** `X_test` of `[(X_train, y_train), (X_test, y_test)]`: the last set is the one that counts. */
function innermost(node: Expression): Expression {
  if (node.kind !== "list" && node.kind !== "tuple") return node;
  const next = node.kind === "list" ? node.elements.at(-1) : node.elements[0];
  return next === undefined ? node : innermost(next);
}

/** What makes the monitored score decide. */
function chooserOf(
  { call }: CallSite,
  argument: Argument,
  program: PythonProgram,
): MadeChoice["means"] | undefined {
  const option = argumentOf(call, "early_stopping_rounds");
  if (option !== undefined && !isNone(option.value)) {
    return { name: "early_stopping_rounds", span: option.span };
  }
  if (argument.name === "eval_dataset") return loadsBest(call, program);
  const callbacks = argumentOf(call, "callbacks")?.value;
  const given = callbacks === undefined ? undefined : stopperIn(callbacks, program);
  return given ?? builtWith(call, program);
}

const isNone = (node: Expression) => node.kind === "constant" && node.value === null;

/** `Trainer(args=TrainingArguments(load_best_model_at_end=True))` */
function loadsBest(call: CallExpression, program: PythonProgram): MadeChoice["means"] | undefined {
  const args = argumentOf(call, "args", 1)?.value;
  const made = args === undefined ? undefined : valueOfName(args, program);
  if (made?.kind !== "call") return undefined;
  const option = argumentOf(made, "load_best_model_at_end");
  const isOn = option?.value.kind === "constant" && option.value.value === true;
  return option !== undefined && isOn
    ? { name: "load_best_model_at_end", span: option.span }
    : undefined;
}

function valueOfName(node: Expression, program: PythonProgram): Expression {
  const definition = node.kind === "name" ? program.definition(node) : undefined;
  return definition?.kind === "assigned" ? definition.value : node;
}

/** A callback that stops early or keeps the best weights, by what is held out. */
function stopperIn(node: Expression, program: PythonProgram): MadeChoice["means"] | undefined {
  for (const part of expressionsIn(valueOfName(node, program))) {
    const call = part.kind === "name" ? valueOfName(part, program) : part;
    if (call.kind !== "call" || !isStopper(call)) continue;
    return { name: lastName(call.callee) ?? "", span: call.span };
  }
  return undefined;
}

function isStopper(call: CallExpression): boolean {
  const name = lastName(call.callee) ?? "";
  const monitor = argumentOf(call, "monitor")?.value;
  const isOnTraining = monitor?.kind === "string" && !/val|test|eval/.test(monitor.value ?? "val");
  if (isOnTraining) return false;
  if (/^(?:EarlyStopping\w*|early_stopping)$/.test(name)) return true;
  const best = argumentOf(call, "save_best_only")?.value;
  const top = argumentOf(call, "save_top_k")?.value;
  const keepsBest =
    (best?.kind === "constant" && best.value === true) ||
    (monitor !== undefined && top !== undefined);
  return name === "ModelCheckpoint" && keepsBest;
}

/** `trainer = Trainer(callbacks=[EarlyStopping(…)])`, `XGBClassifier(early_stopping_rounds=10)` */
function builtWith(call: CallExpression, program: PythonProgram): MadeChoice["means"] | undefined {
  if (call.callee.kind !== "attribute") return undefined;
  const built = valueOfName(call.callee.value, program);
  if (built.kind !== "call") return undefined;
  const option = argumentOf(built, "early_stopping_rounds");
  if (option !== undefined && !isNone(option.value)) {
    return { name: "early_stopping_rounds", span: option.span };
  }
  const callbacks = argumentOf(built, "callbacks")?.value;
  return callbacks === undefined ? undefined : stopperIn(callbacks, program);
}
