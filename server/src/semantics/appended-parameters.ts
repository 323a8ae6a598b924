import type { Expression, NameExpression, Statement } from "../syntax/python/ast.ts";
import { blocksOf, expressionsIn, ownExpressions } from "../syntax/python/walk.ts";
import type { Place } from "./model-origin.ts";
import { type Condition, conditionOf, not } from "./parameter-condition.ts";
import {
  narrowed,
  type ParameterReader,
  type ParameterWalk,
  type Selection,
} from "./parameter-source.ts";

interface Walk {
  readonly list: NameExpression;
  readonly place: Place;
  readonly reader: ParameterReader;
  readonly steps: number;
  /** `undefined` once something was added that could not be read. */
  found: Selection | undefined;
}

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
  const walk: Walk = { list, place, reader, steps, found: [] };
  visit(block, undefined, [], walk);
  return walk.found === undefined || walk.found.length === 0 ? undefined : walk.found;
}

/** Walks a block under the conditions that lead to it; `loop` is the walk over parameters around it. */
function visit(
  block: readonly Statement[],
  loop: ParameterWalk | undefined,
  conditions: readonly Condition[],
  walk: Walk,
): void {
  let current = conditions;
  for (const statement of block) {
    if (statement.kind === "if") current = visitBranches(statement, loop, current, walk);
    else visitOther(statement, loop, current, walk);
  }
}

function visitOther(
  statement: Exclude<Statement, { kind: "if" }>,
  loop: ParameterWalk | undefined,
  conditions: readonly Condition[],
  walk: Walk,
): void {
  switch (statement.kind) {
    case "for": {
      const { target, iterable, body } = statement;
      const { reader, place, steps } = walk;
      visit(body, loop ?? reader.parameterWalk(target, iterable, place, steps), conditions, walk);
      return;
    }
    case "expression":
      take(statement.value, loop, conditions, walk);
      return;
    case "augmented":
      if (mentions(statement, walk)) walk.found = undefined;
      return;
    case "function":
    case "class":
      return;
    default:
      for (const inner of blocksOf(statement)) visit(inner, loop, conditions, walk);
  }
}

function mentions(statement: Statement, { list }: Walk): boolean {
  return ownExpressions(statement).some((root) =>
    [...expressionsIn(root)].some((node) => node.kind === "name" && node.id === list.id),
  );
}

function visitBranches(
  statement: Extract<Statement, { kind: "if" }>,
  loop: ParameterWalk | undefined,
  conditions: readonly Condition[],
  walk: Walk,
): readonly Condition[] {
  const { program } = walk.place.home;
  const test: Condition =
    loop === undefined ? { kind: "unknown" } : conditionOf(statement.test, loop.subject, program);
  visit(statement.body, loop, [...conditions, test], walk);
  visit(statement.otherwise, loop, [...conditions, not(test)], walk);
  const last = statement.body.at(-1);
  const leaves = last?.kind === "other" && last.keyword === "continue";
  return leaves ? [...conditions, not(test)] : conditions;
}

/** `decay.append(p)`, `decay.extend(head.parameters())` */
function take(
  node: Expression,
  loop: ParameterWalk | undefined,
  conditions: readonly Condition[],
  walk: Walk,
): void {
  if (node.kind !== "call" || node.callee.kind !== "attribute" || walk.found === undefined) return;
  const { value: receiver, attribute } = node.callee;
  if (receiver.kind !== "name" || receiver.id !== walk.list.id) return;
  const [only] = node.arguments;
  const value = only?.value;
  const { found } = walk;
  if (attribute === "append" && value?.kind === "name" && value.id === loop?.subject.parameter) {
    const taken = loop?.selection.map((source) => narrowed(source, conditions)) ?? [];
    walk.found = [...found, ...taken.map((source) => ({ ...source, span: node.span }))];
    return;
  }
  const added =
    attribute === "extend" && value !== undefined
      ? walk.reader.selectionOf(value, walk.place, walk.steps - 1)
      : undefined;
  walk.found =
    added === undefined
      ? undefined
      : [...found, ...added.map((source) => narrowed(source, conditions))];
}
