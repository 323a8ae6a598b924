import type { Span } from "../../../core/protocol/span.ts";
import { importedDefinition } from "../project/imported-definition.ts";
import type {
  Argument,
  CallExpression,
  DictExpression,
  Expression,
  FunctionStatement,
  NameExpression,
  Statement,
} from "../syntax/python/ast.ts";
import { statementsIn } from "../syntax/python/walk.ts";
import { type NumberValue, numberOf } from "./call-arguments.ts";
import { ownerOf, type Place } from "./model-origin.ts";
import { selectionOf } from "./parameter-selection.ts";
import type { Selection } from "./parameter-source.ts";

/** Parameters that an optimizer treats alike. */
export interface ParameterGroup {
  /** `undefined` where the code does not tell which parameters these are. */
  readonly selection: Selection | undefined;
  /** Its own values; absent where the group takes those of the optimizer. */
  readonly learningRate: NumberValue;
  readonly weightDecay: NumberValue;
  /** The dict, or what selects the parameters where the optimizer has one group. */
  readonly span: Span;
  readonly place: Place;
  /** True for a dict of a list, false for parameters given as they are. */
  readonly isWritten: boolean;
}

/** How many names and helper functions are followed. */
const MAX_STEPS = 6;

/** The groups that the first argument of an optimizer makes; `undefined` where one is not in sight. */
export function parameterGroups(
  node: Expression,
  place: Place,
  steps = MAX_STEPS,
): readonly ParameterGroup[] | undefined {
  if (steps === 0) return undefined;
  const selection = selectionOf(node, place);
  if (selection !== undefined) return [plainGroup(selection, node, place)];
  switch (node.kind) {
    case "list":
    case "tuple":
      return listedGroups(node.elements, place, steps);
    case "name":
      return groupsOfName(node, place, steps);
    case "call":
      return groupsOfHelper(node, place, steps);
    case "binary": {
      if (node.operator !== "+") return undefined;
      const left = parameterGroups(node.left, place, steps - 1);
      const right = parameterGroups(node.right, place, steps - 1);
      return left === undefined || right === undefined ? undefined : [...left, ...right];
    }
    default:
      return undefined;
  }
}

const ABSENT: NumberValue = { kind: "absent" };

function plainGroup(
  selection: Selection | undefined,
  { span }: Expression,
  place: Place,
): ParameterGroup {
  return { selection, learningRate: ABSENT, weightDecay: ABSENT, span, place, isWritten: false };
}

function listedGroups(
  elements: readonly Expression[],
  place: Place,
  steps: number,
): readonly ParameterGroup[] | undefined {
  const groups = elements.map((element) => groupOf(element, place, steps));
  return groups.length > 0 && groups.every((group) => group !== undefined) ? groups : undefined;
}

/** A dict, `dict(params=…)`, or a name of one. */
function groupOf(node: Expression, place: Place, steps: number): ParameterGroup | undefined {
  if (node.kind === "name" && steps > 0) {
    const definition = place.home.program.definition(node);
    return definition?.kind === "assigned"
      ? groupOf(definition.value, place, steps - 1)
      : undefined;
  }
  const entries = node.kind === "dict" ? entriesOf(node) : keywordsOf(node);
  const parameters = entries?.get("params");
  if (entries === undefined || parameters === undefined) return undefined;
  const number = (key: string): NumberValue => {
    const value = entries.get(key);
    if (value !== undefined) return numberOf(value, place.home.program);
    return entries.has("**") ? { kind: "unknown", span: node.span } : ABSENT;
  };
  return {
    selection: selectionOf(parameters, place),
    learningRate: number("lr"),
    weightDecay: number("weight_decay"),
    span: node.span,
    place,
    isWritten: true,
  };
}

type Entries = ReadonlyMap<string, Expression>;

function entriesOf({ entries }: DictExpression): Entries {
  return new Map(
    entries.map(({ key, value }) => [
      key === undefined ? "**" : key.kind === "string" ? (key.value ?? "**") : "**",
      value,
    ]),
  );
}

function keywordsOf(node: Expression): Entries | undefined {
  const isDict = node.kind === "call" && node.callee.kind === "name" && node.callee.id === "dict";
  if (!isDict) return undefined;
  const keyOf = ({ name, splat }: Argument) => (splat === "none" ? (name ?? "**") : "**");
  return new Map(node.arguments.map((argument) => [keyOf(argument), argument.value]));
}

function groupsOfName(
  node: NameExpression,
  place: Place,
  steps: number,
): readonly ParameterGroup[] | undefined {
  const definition = place.home.program.definition(node);
  if (definition?.kind !== "assigned") return undefined;
  const { value } = definition;
  const added = additionsTo(node, place);
  const isList = value.kind === "list";
  if (isList && value.elements.length === 0) return listedGroups(added, place, steps - 1);
  const own = parameterGroups(value, place, steps - 1);
  if (own === undefined || added.length === 0) return own;
  const more = listedGroups(added, place, steps - 1);
  return more === undefined ? undefined : [...own, ...more];
}

/** What `groups.append(…)` adds in the same scope. */
function additionsTo({ id }: NameExpression, { home, around }: Place): readonly Expression[] {
  const scope = around.at(-1);
  const block: readonly Statement[] = scope === undefined ? home.program.module.body : scope.body;
  return [...statementsIn(block)].flatMap((statement): Expression[] => {
    const call = statement.kind === "expression" ? statement.value : undefined;
    if (call?.kind !== "call" || call.callee.kind !== "attribute") return [];
    const { value, attribute } = call.callee;
    const isAppend = attribute === "append" && value.kind === "name" && value.id === id;
    const [only] = call.arguments;
    return isAppend && only !== undefined ? [only.value] : [];
  });
}

/** The groups that a helper of the workspace returns. */
function groupsOfHelper(
  call: CallExpression,
  place: Place,
  steps: number,
): readonly ParameterGroup[] | undefined {
  const helper = helperOf(call, place);
  if (helper === undefined) return undefined;
  const { statement } = helper;
  const returned = [...statementsIn(statement.body)].flatMap((inner) =>
    inner.kind === "return" && inner.value !== undefined ? [inner.value] : [],
  );
  const [only] = returned;
  return only === undefined || returned.length > 1
    ? undefined
    : parameterGroups(only, helper.place, steps - 1);
}

function helperOf(
  call: CallExpression,
  place: Place,
): { readonly statement: FunctionStatement; readonly place: Place } | undefined {
  const { callee } = call;
  const { home } = place;
  const owner = ownerOf(place.around);
  const isMethod =
    callee.kind === "attribute" && callee.value.kind === "name" && callee.value.id === "self";
  if (isMethod && owner !== undefined) {
    const method = owner.body.find(
      (item): item is FunctionStatement =>
        item.kind === "function" && item.name === callee.attribute,
    );
    return method === undefined
      ? undefined
      : { statement: method, place: { home, around: [owner, method], given: { call, place } } };
  }
  const definition = callee.kind === "name" ? place.home.program.definition(callee) : undefined;
  if (definition?.kind === "defined" && definition.statement.kind === "function") {
    const { statement } = definition;
    return { statement, place: { home, around: [statement], given: { call, place } } };
  }
  const name = place.home.program.qualifiedName(callee);
  const found = name === undefined ? undefined : importedDefinition(name, place.home);
  if (found?.statement.kind !== "function") return undefined;
  const { statement } = found;
  return { statement, place: { home: found.home, around: [statement], given: { call, place } } };
}
