import type {
  CallExpression,
  ComprehensionExpression,
  Expression,
  NameExpression,
} from "../syntax/python/ast.ts";
import { appendedParameters } from "./appended-parameters.ts";
import type { Place } from "./model-origin.ts";
import { ALWAYS, type Condition, conditionOf } from "./parameter-condition.ts";
import {
  narrowed,
  type ParameterReader,
  type ParameterWalk,
  type Selection,
} from "./parameter-source.ts";

/** How many names, lists and filters are followed. */
const MAX_STEPS = 12;

const READER: ParameterReader = { selectionOf, parameterWalk };

const SAME = new Set(["list", "tuple", "iter", "set", "sorted", "reversed"]);

/** The parameters that an expression stands for; `undefined` where the code does not tell. */
export function selectionOf(
  node: Expression,
  place: Place,
  steps = MAX_STEPS,
): Selection | undefined {
  if (steps === 0) return undefined;
  const { program } = place.home;
  const next = (value: Expression) => selectionOf(value, place, steps - 1);
  switch (node.kind) {
    case "name": {
      const definition = program.definition(node);
      if (definition?.kind !== "assigned") return undefined;
      const { value } = definition;
      const isEmpty = value.kind === "list" && value.elements.length === 0;
      return isEmpty ? appendedParameters(node, place, READER, steps - 1) : next(value);
    }
    case "binary":
      return node.operator === "+" ? united([node.left, node.right].map(next)) : undefined;
    case "call":
      return selectionOfCall(node, place, steps);
    case "comprehension":
      return selectionOfComprehension(node, place, steps);
    case "list":
    case "tuple": {
      const isUnion =
        node.elements.length > 0 && node.elements.every(({ kind }) => kind === "starred");
      return isUnion
        ? united(
            node.elements.map((part) => (part.kind === "starred" ? next(part.value) : undefined)),
          )
        : undefined;
    }
    default:
      return undefined;
  }
}

function united(parts: readonly (Selection | undefined)[]): Selection | undefined {
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

function selectionOfCall(call: CallExpression, place: Place, steps: number): Selection | undefined {
  const { callee } = call;
  const [first, second] = call.arguments;
  if (callee.kind === "attribute" && /^(?:trainable_)?parameters$/.test(callee.attribute)) {
    return [{ model: callee.value, place, condition: ALWAYS, span: call.span }];
  }
  const name = callee.kind === "name" ? callee.id : place.home.program.qualifiedName(callee);
  if (name === "filter" && first !== undefined && second !== undefined) {
    return filtered(first.value, second.value, place, steps);
  }
  if (name === "chain" || name === "itertools.chain") {
    return united(call.arguments.map(({ value }) => selectionOf(value, place, steps - 1)));
  }
  const isSame = name !== undefined && SAME.has(name) && first !== undefined;
  return isSame ? selectionOf(first.value, place, steps - 1) : undefined;
}

/** `filter(lambda p: p.requires_grad, model.parameters())` */
function filtered(
  test: Expression,
  from: Expression,
  place: Place,
  steps: number,
): Selection | undefined {
  const base = selectionOf(from, place, steps - 1);
  const id = test.kind === "lambda" ? test.parameters[0]?.name : undefined;
  const condition: Condition =
    test.kind === "lambda"
      ? conditionOf(test.body, { parameter: id, name: undefined }, place.home.program)
      : { kind: "unknown" };
  return base?.map((source) => narrowed(source, [condition]));
}

function selectionOfComprehension(
  node: ComprehensionExpression,
  place: Place,
  steps: number,
): Selection | undefined {
  const [clause, ...others] = node.clauses;
  if (clause === undefined || others.length > 0) return undefined;
  const walk = parameterWalk(clause.target, clause.iterable, place, steps);
  if (walk === undefined) return undefined;
  const { subject, selection } = walk;
  const taken = node.element;
  if (taken.kind !== "name" || taken.id !== subject.parameter) return undefined;
  const conditions = clause.conditions.map((test) =>
    conditionOf(test, subject, place.home.program),
  );
  return selection.map((source) => ({ ...narrowed(source, conditions), span: node.span }));
}

/** What `for target in iterable` goes through, where that is the parameters of a model. */
export function parameterWalk(
  target: Expression,
  iterable: Expression,
  place: Place,
  steps: number,
): ParameterWalk | undefined {
  if (target.kind === "name") {
    const selection = selectionOf(valuesOf(iterable) ?? iterable, place, steps - 1);
    const subject = { parameter: target.id, name: undefined };
    return selection === undefined ? undefined : { subject, selection };
  }
  if (target.kind !== "tuple" || target.elements.length !== 2) return undefined;
  const [name, parameter] = target.elements;
  if (name?.kind !== "name" || parameter?.kind !== "name") return undefined;
  const selection = namedSelection(iterable, place, steps - 1);
  const subject = { parameter: parameter.id, name: name.id };
  return selection === undefined ? undefined : { subject, selection };
}

/** `param_dict` of `param_dict.values()` */
function valuesOf(node: Expression): Expression | undefined {
  const isValues =
    node.kind === "call" &&
    node.callee.kind === "attribute" &&
    node.callee.attribute === "values" &&
    node.arguments.length === 0;
  return isValues && node.callee.kind === "attribute" ? node.callee.value : undefined;
}

/** Pairs of name and parameter: `model.named_parameters()`, `named.items()`, a list of them. */
function namedSelection(node: Expression, place: Place, steps: number): Selection | undefined {
  if (steps <= 0) return undefined;
  if (node.kind === "name") return namedOfName(node, place, steps);
  if (node.kind === "comprehension") return namedOfComprehension(node, place, steps);
  if (node.kind !== "call") return undefined;
  const { callee } = node;
  const [only] = node.arguments;
  if (callee.kind === "attribute") {
    if (callee.attribute === "named_parameters") {
      return [{ model: callee.value, place, condition: ALWAYS, span: node.span }];
    }
    return callee.attribute === "items"
      ? namedSelection(callee.value, place, steps - 1)
      : undefined;
  }
  const isSame = callee.kind === "name" && (SAME.has(callee.id) || callee.id === "dict");
  return isSame && only !== undefined ? namedSelection(only.value, place, steps - 1) : undefined;
}

function namedOfName(node: NameExpression, place: Place, steps: number): Selection | undefined {
  const definition = place.home.program.definition(node);
  return definition?.kind === "assigned"
    ? namedSelection(definition.value, place, steps - 1)
    : undefined;
}

/** `{n: p for n, p in model.named_parameters() if …}`, `[(n, p) for n, p in …]` */
function namedOfComprehension(
  node: ComprehensionExpression,
  place: Place,
  steps: number,
): Selection | undefined {
  const pair = node.form === "dict" ? [node.key, node.element] : pairOf(node.element);
  const [name, parameter] = pair;
  const [clause, ...others] = node.clauses;
  if (clause === undefined || others.length > 0) return undefined;
  const walk = parameterWalk(clause.target, clause.iterable, place, steps - 1);
  if (walk === undefined) return undefined;
  const { subject, selection } = walk;
  const isSame =
    name?.kind === "name" &&
    parameter?.kind === "name" &&
    name.id === subject.name &&
    parameter.id === subject.parameter;
  if (!isSame) return undefined;
  const conditions = clause.conditions.map((test) =>
    conditionOf(test, subject, place.home.program),
  );
  return selection.map((source) => narrowed(source, conditions));
}

const pairOf = (node: Expression): readonly (Expression | undefined)[] =>
  node.kind === "tuple" && node.elements.length === 2 ? node.elements : [];
