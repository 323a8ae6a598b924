import type { OptimizerFact } from "../facts/optimizer.ts";
import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import { expressionsIn } from "../syntax/python/walk.ts";
import { expressionsOf, modelView } from "./model-view.ts";
import { type CallSite, programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** The `compile(…)` of Keras that is given an optimizer. */
function compileSite({ site, call }: OptimizerFact, program: PythonProgram): CallSite | undefined {
  const isGiven = (value: Expression) => call !== undefined && builtBy(value, program) === call;
  return programIndex(program).calls.find(
    (other) =>
      other.name === "compile" &&
      (other.call === site.call || other.call.arguments.some(({ value }) => isGiven(value))),
  );
}

/** The model that is compiled with an optimizer, as written. */
export function compiledModel(
  optimizer: OptimizerFact,
  program: PythonProgram,
): Expression | undefined {
  const callee = compileSite(optimizer, program)?.call.callee;
  return callee?.kind === "attribute" ? callee.value : undefined;
}

/** What a name was bound to, else the expression itself. */
export function builtBy(value: Expression, program: PythonProgram): Expression {
  const definition = value.kind === "name" ? program.definition(value) : undefined;
  return definition?.kind === "assigned" ? definition.value : value;
}

/** True where a layer is known to be part of the model that is compiled with an optimizer. */
export function isCompiledWith(layer: CallExpression, optimizer: OptimizerFact): boolean {
  const { program } = optimizer;
  const site = compileSite(optimizer, program);
  const model = compiledModel(optimizer, program);
  if (site === undefined || model === undefined) return false;
  return (
    isInView(layer, model, site, program) || isAdded(layer, model, program) || isOnlyModel(program)
  );
}

/** Inside the call that builds the model, or in its class. */
function isInView(
  layer: CallExpression,
  model: Expression,
  { within }: CallSite,
  program: PythonProgram,
): boolean {
  const built = builtBy(model, program);
  const view = modelView(model, within, program);
  const inClasses = view.kind === "classes" ? expressionsOf(view.classes) : [];
  return [...expressionsIn(built)].includes(layer) || inClasses.includes(layer);
}

/** `model.add(layer)`. */
function isAdded(layer: CallExpression, model: Expression, program: PythonProgram): boolean {
  const built = builtBy(model, program);
  return programIndex(program).calls.some(({ call, name }) => {
    const { callee } = call;
    if (name !== "add" || callee.kind !== "attribute") return false;
    const isSame = built !== model && builtBy(callee.value, program) === built;
    return isSame && call.arguments.some(({ value }) => builtBy(value, program) === layer);
  });
}

const MODELS = /^keras\.(?:models\.)?(?:Sequential|Model)$/;

/** A document that builds and compiles one model puts its layers into that. */
function isOnlyModel(program: PythonProgram): boolean {
  const { calls } = programIndex(program);
  const built = calls.filter(({ qualifiedName }) => MODELS.test(qualifiedName ?? ""));
  const compiled = calls.filter(
    ({ name, call }) =>
      name === "compile" && call.callee.kind === "attribute" && call.arguments.length > 0,
  );
  return built.length === 1 && compiled.length === 1;
}
