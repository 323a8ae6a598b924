import { constantNumber } from "../semantics/call-arguments.ts";
import type {
  Argument,
  CallExpression,
  ComprehensionExpression,
  DictExpression,
  Expression,
  Statement,
} from "../syntax/python/ast.ts";
import { calledBy, returnedBy } from "./called-definitions.ts";
import type { LayerPlace } from "./class-bases.ts";
import type { Item } from "./made-module.ts";
import type { NamePattern } from "./name-pattern.ts";
import { scopeOf, valuesOfName } from "./placed-values.ts";
import { statementsOf } from "./statements-of.ts";
import { beyond, newTrail } from "./trail.ts";
import { writtenPattern } from "./written-pattern.ts";

/** What a call such as `Sequential(a, *rest)` or `ModuleList([a, b])` holds at first. */
export function itemsOfCall(
  call: Pick<CallExpression, "arguments">,
  place: LayerPlace,
): readonly Item[] {
  const plain = call.arguments.filter(({ splat }) => splat !== "**");
  return plain.flatMap((argument) => itemsOfArgument(argument, plain.length === 1, place));
}

function itemsOfArgument(
  { value, splat, name }: Argument,
  isOnly: boolean,
  place: LayerPlace,
): readonly Item[] {
  const isList = name === undefined || /^(?:modules|layers|parameters)$/.test(name);
  if (splat === "*" || (isOnly && isList)) {
    const elements = elementsOf(value, place);
    if (elements !== undefined) return elements;
    if (splat === "*") return [{ ...itemOf(value, place), times: undefined }];
  }
  return [itemOf(value, place)];
}

const itemOf = (value: Expression, place: LayerPlace): Item => ({
  value,
  place,
  times: 1,
  isSometimes: false,
});

/** The elements of a list, tuple, dict or comprehension, also by its name; `undefined` for anything else. */
function elementsOf(
  node: Expression,
  place: LayerPlace,
  trail = newTrail(),
): readonly Item[] | undefined {
  const further = beyond(trail, node);
  if (further === undefined) return undefined;
  const next = (value: Expression, there: LayerPlace = place) => elementsOf(value, there, further);
  switch (node.kind) {
    case "list":
    case "tuple":
      return node.elements.flatMap((value) => {
        if (value.kind !== "starred") return [keyed(value, place)];
        return next(value.value) ?? [{ ...itemOf(value.value, place), times: undefined }];
      });
    case "dict":
      return ofDict(node, place, next);
    case "comprehension":
      return [ofComprehension(node, place)];
    case "binary":
      return ofBinary(node, place, next);
    case "conditional":
      return sometimes(next(node.then), next(node.otherwise));
    case "name":
      return ofName(node, place, next);
    case "call":
      return ofCall(node, place, next);
    default:
      return undefined;
  }
}

/** Of two lists only one is there. */
function sometimes(
  ...lists: readonly (readonly Item[] | undefined)[]
): readonly Item[] | undefined {
  const known = lists.flatMap((list) => (list === undefined ? [] : [list]));
  return known.length === lists.length
    ? known.flat().map((item) => ({ ...item, isSometimes: true }))
    : undefined;
}

type Next = (value: Expression, there?: LayerPlace) => readonly Item[] | undefined;

/** `("name", module)` has a name of its own, as `OrderedDict([("name", module)])` gives it. */
function keyed(value: Expression, place: LayerPlace): Item {
  const [key, module] = value.kind === "tuple" ? value.elements : [];
  const isPair = value.kind === "tuple" && value.elements.length === 2 && key?.kind === "string";
  return isPair && module !== undefined
    ? { ...itemOf(module, place), key: writtenPattern(key, place) }
    : itemOf(value, place);
}

function ofDict({ entries }: DictExpression, place: LayerPlace, next: Next): readonly Item[] {
  return entries.flatMap(({ key, value }) => {
    if (key !== undefined) return [{ ...itemOf(value, place), key: writtenPattern(key, place) }];
    return next(value) ?? [{ ...itemOf(value, place), times: undefined }];
  });
}

function ofComprehension(node: ComprehensionExpression, place: LayerPlace): Item {
  const [clause, ...others] = node.clauses;
  const isSimple = clause !== undefined && others.length === 0 && clause.conditions.length === 0;
  const times = isSimple ? lengthOf(clause.iterable, place) : undefined;
  if (node.key !== undefined) {
    return { ...itemOf(node.element, place), key: writtenPattern(node.key, place) };
  }
  const item = keyed(node.element, place);
  return { ...item, times };
}

/** Length of `range(4)` and of a list in sight. */
function lengthOf(node: Expression, place: LayerPlace): number | undefined {
  if (node.kind === "list" || node.kind === "tuple") {
    return node.elements.some(({ kind }) => kind === "starred") ? undefined : node.elements.length;
  }
  if (node.kind !== "call") return undefined;
  const isRange = node.callee.kind === "name" && node.callee.id === "range";
  const [only, ...others] = node.arguments;
  if (!isRange || only === undefined || others.length > 0) return undefined;
  return constantNumber(only.value, place.home.program);
}

function ofBinary(
  { operator, left, right }: Extract<Expression, { kind: "binary" }>,
  place: LayerPlace,
  next: Next,
): readonly Item[] | undefined {
  if (operator === "+") {
    const [a, b] = [next(left), next(right)];
    return a === undefined || b === undefined ? undefined : [...a, ...b];
  }
  const items = operator === "*" ? next(left) : undefined;
  const [only] = items ?? [];
  if (items === undefined || only === undefined) return undefined;
  const count = constantNumber(right, place.home.program);
  const times = items.length === 1 && only.times === 1 ? count : undefined;
  return items.map((item) => ({ ...item, times }));
}

/** A name's list with what the statements behind it add. */
function ofName(
  node: Extract<Expression, { kind: "name" }>,
  place: LayerPlace,
  next: Next,
): readonly Item[] | undefined {
  const values = valuesOfName(node, place);
  const [first, ...others] = values;
  if (first === undefined) return undefined;
  const own = others.length === 0 ? next(first.value, first.place) : undefined;
  const lists = own ?? sometimes(...values.map(({ value, place: there }) => next(value, there)));
  if (lists === undefined) return undefined;
  return first.place === place ? [...lists, ...addedTo(node.id, place)] : lists;
}

const CONVERSIONS = /^(?:(?:collections\.)?OrderedDict|dict|list|tuple|reversed)$/;

function ofCall(call: CallExpression, place: LayerPlace, next: Next): readonly Item[] | undefined {
  const { callee } = call;
  const name =
    place.home.program.qualifiedName(callee) ?? (callee.kind === "name" ? callee.id : "");
  if (CONVERSIONS.test(name)) return ofConversion(call, place, next);
  const lists = calledBy(callee, place).flatMap((called) => {
    if (called.kind !== "function") return [];
    const there = { ...called.place, given: { call, place } };
    return returnedBy(called.made).map((value) => next(value, there));
  });
  const [only, ...others] = lists;
  return others.length === 0 ? only : sometimes(...lists);
}

function ofConversion(
  call: CallExpression,
  place: LayerPlace,
  next: Next,
): readonly Item[] | undefined {
  const [first] = call.arguments;
  if (first === undefined) return [];
  if (first.name === undefined) return next(first.value);
  return call.arguments.map(({ name, value }) => ({
    ...itemOf(value, place),
    key: name === undefined ? undefined : { kind: "text", text: name },
  }));
}

/** What the statements of a function add to a local list or module: `layers.append(…)`. */
export function addedTo(id: string, place: LayerPlace): readonly Item[] {
  return additions(
    scopeOf(place),
    (node) => node.kind === "name" && node.id === id,
    () => place,
  );
}

/** What statements add to the list or module that `isTarget` knows. */
export function additions(
  block: readonly Statement[],
  isTarget: (node: Expression) => boolean,
  placeOf: (node: Expression) => LayerPlace,
): readonly Item[] {
  return statementsOf(block).flatMap(({ statement, isSometimes }) => {
    const items = additionsOf(statement, isTarget, placeOf);
    return isSometimes ? items.map((item) => ({ ...item, isSometimes })) : items;
  });
}

function additionsOf(
  statement: Statement,
  isTarget: (node: Expression) => boolean,
  placeOf: (node: Expression) => LayerPlace,
): readonly Item[] {
  if (statement.kind === "augmented") {
    const { target, value } = statement;
    return isTarget(target) ? listed(value, placeOf(value)) : [];
  }
  if (statement.kind === "assign") {
    const { value } = statement;
    return statement.targets.flatMap((target) => {
      if (target.kind !== "subscript" || value === undefined || !isTarget(target.value)) return [];
      const place = placeOf(value);
      const [index] = target.indices;
      return [{ ...itemOf(value, place), key: indexPattern(index, place) }];
    });
  }
  if (statement.kind !== "expression" || statement.value.kind !== "call") return [];
  const { callee, arguments: given } = statement.value;
  if (callee.kind !== "attribute" || !isTarget(callee.value)) return [];
  const [first, second] = given.map(({ value }) => value);
  if (first === undefined) return [];
  const place = placeOf(first);
  switch (callee.attribute) {
    case "append":
    case "add":
      return [keyed(first, place)];
    case "extend":
    case "update":
      return listed(first, place);
    case "insert":
      return second === undefined ? [] : [{ ...itemOf(second, place), isSometimes: true }];
    case "add_module":
    case "register_module":
      return second === undefined
        ? []
        : [{ ...itemOf(second, place), key: writtenPattern(first, place) }];
    default:
      return [];
  }
}

function listed(value: Expression, place: LayerPlace): readonly Item[] {
  return elementsOf(value, place) ?? [{ ...itemOf(value, place), times: undefined }];
}

function indexPattern(node: Expression | undefined, place: LayerPlace): NamePattern {
  return writtenPattern(node, place);
}
