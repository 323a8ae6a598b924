import type { CallExpression, Expression, NameExpression } from "../syntax/python/ast.ts";
import { dataSource } from "./data-source.ts";
import { argumentsFor, returnedBy } from "./local-functions.ts";
import type { PythonProgram } from "./python-program.ts";

const MAX_STEPS = 16;

/**
 * What an array came from, step by step and itself first: names, transformations, splits, helper
 * functions of the document. Ends at what starts something of its own, and at what is not known.
 */
export function* lineage(
  node: Expression,
  program: PythonProgram,
): Generator<Expression, void, undefined> {
  let current: Expression | undefined = node;
  for (let step = 0; current !== undefined && step < MAX_STEPS; step += 1) {
    yield current;
    current = sourceOf(current, program);
  }
}

/** `SMOTE().fit_resample(X, y)` gives the rows and their targets. */
export const isResampling = ({ callee }: CallExpression) =>
  callee.kind === "attribute" && callee.attribute === "fit_resample";

function sourceOf(node: Expression, program: PythonProgram): Expression | undefined {
  if (node.kind === "name") return sourceOfName(node, program);
  if (node.kind !== "call") return dataSource(node, program);
  if (isResampling(node)) return node.arguments[0]?.value;
  return dataSource(node, program) ?? returnedBy(node, program);
}

function sourceOfName(node: NameExpression, program: PythonProgram): Expression | undefined {
  const definition = program.definition(node);
  if (definition?.kind === "assigned") return definition.value;
  if (definition?.kind === "parameter") {
    const [only, ...others] = argumentsFor(definition, program);
    return others.length === 0 ? only : undefined;
  }
  if (definition?.kind !== "unpacked" || definition.value.kind !== "call") return undefined;
  return sourceOfPart(definition.value, definition.index, program);
}

function sourceOfPart(
  call: CallExpression,
  index: number,
  program: PythonProgram,
): Expression | undefined {
  if (isResampling(call)) return index === 0 ? call : undefined;
  if (program.qualifiedName(call.callee) === "sklearn.model_selection.train_test_split") {
    const arrays = call.arguments.filter(({ name }) => name === undefined);
    return arrays[Math.floor(index / 2)]?.value;
  }
  const returned = returnedBy(call, program);
  return returned?.kind === "tuple" ? returned.elements[index] : undefined;
}
