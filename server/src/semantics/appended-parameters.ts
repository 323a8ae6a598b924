import type { Expression, NameExpression, Statement } from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions } from "../syntax/python/walk.ts";
import type { Place } from "./model-origin.ts";
import { type LoopStep, parameterLoops } from "./parameter-loops.ts";
import { narrowed, type ParameterReader, type Selection } from "./parameter-source.ts";

/** The parameters that loops and calls put into a list that starts empty. */
export function appendedParameters(
  list: NameExpression,
  place: Place,
  reader: ParameterReader,
  steps: number,
): Selection | undefined {
  if (steps <= 0) return undefined;
  const scope = place.around.at(-1);
  const block = scope === undefined ? place.home.program.module.body : scope.body;
  const read = (target: Expression, iterable: Expression) =>
    reader.parameterWalk(target, iterable, place, steps);
  const added = parameterLoops(block, place, read).map((step) => {
    const { statement } = step;
    if (statement.kind === "augmented") return mentions(statement, list) ? undefined : [];
    return statement.kind === "expression"
      ? addition(statement.value, step, list, (node) => reader.selectionOf(node, place, steps - 1))
      : [];
  });
  const isKnown = added.every((part) => part !== undefined);
  const found = isKnown ? added.flat() : [];
  return found.length === 0 ? undefined : found;
}

function mentions(statement: Statement, list: NameExpression): boolean {
  return ownExpressions(statement).some((root) =>
    [...expressionsIn(root)].some((node) => node.kind === "name" && node.id === list.id),
  );
}

/** `decay.append(p)`, `decay.extend(head.parameters())`; `undefined` for what cannot be read. */
function addition(
  node: Expression,
  { walk, conditions }: LoopStep,
  list: NameExpression,
  select: (node: Expression) => Selection | undefined,
): Selection | undefined {
  if (node.kind !== "call" || node.callee.kind !== "attribute") return [];
  const { value: receiver, attribute } = node.callee;
  if (receiver.kind !== "name" || receiver.id !== list.id) return [];
  const [only] = node.arguments;
  if (only === undefined) return undefined;
  const { value } = only;
  const isSubject = value.kind === "name" && value.id === walk?.subject.parameter;
  if (attribute === "append" && isSubject) {
    return walk?.selection.map((source) => ({ ...narrowed(source, conditions), span: node.span }));
  }
  return attribute === "extend"
    ? select(value)?.map((source) => narrowed(source, conditions))
    : undefined;
}
