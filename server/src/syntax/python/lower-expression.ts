import type { Expression } from "./ast.ts";
import { numberValue } from "./literals.ts";
import { lowerCall, lowerParameters } from "./lower-arguments.ts";
import { collection, comprehension, lowerDictionary } from "./lower-collection.ts";
import { inside, lowerItem, lowerList } from "./lower-list.ts";
import { lowerBinary, lowerConditional, lowerUnary } from "./lower-operator.ts";
import { lowerContinuedString, lowerString } from "./lower-string.ts";
import {
  deeper,
  errorAt,
  type Lowering,
  lowerName,
  spanOf,
  splitAt,
  textOf,
  withoutErrors,
} from "./lowering.ts";
import type { RawNode } from "./raw-tree.ts";

type Rule = (node: RawNode, context: Lowering) => Expression;

export function lowerExpression(node: RawNode | undefined, context: Lowering): Expression {
  if (node === undefined) return errorAt(0);
  const rule = RULES[node.name];
  if (rule === undefined) return errorAt(node.start, node.end);
  return deeper(context, () => rule(node, context)) ?? errorAt(node.start, node.end);
}

/** True for nodes that {@link lowerExpression} can read. */
export const isExpression = ({ name }: RawNode) => RULES[name] !== undefined;

function lowerSlice(nodes: readonly RawNode[], context: Lowering, end: number): Expression {
  if (!nodes.some(({ name }) => name === ":")) return lowerItem(nodes, context, end);
  const bounds: (Expression | undefined)[] = [undefined];
  for (const node of withoutErrors(nodes)) {
    if (node.name === ":") bounds.push(undefined);
    else bounds[bounds.length - 1] = lowerExpression(node, context);
  }
  const [lower, upper, step] = bounds;
  const span = { start: nodes[0]?.start ?? end, end: nodes.at(-1)?.end ?? end };
  return { kind: "slice", lower, upper, step, span };
}

function lowerMember(node: RawNode, context: Lowering): Expression {
  const [object, access, ...rest] = node.children;
  const value = lowerExpression(object, context);
  if (access?.name === ".") {
    const property = rest.find(({ name }) => name === "PropertyName");
    const place = property ?? { start: access.end, end: access.end };
    return {
      kind: "attribute",
      value,
      attribute: property === undefined ? "" : textOf(property, context),
      attributeSpan: { start: place.start, end: place.end },
      span: spanOf(node),
    };
  }
  const items = splitAt(
    rest.filter(({ name }) => name !== "]"),
    ",",
  );
  const indices = items.map((item) => lowerSlice(item, context, node.end));
  const [only] = indices;
  // `x[(i, j)]` is `x[i, j]`.
  const isTuple = indices.length === 1 && only?.kind === "tuple" && only.elements.length > 0;
  return {
    kind: "subscript",
    value,
    indices: isTuple ? only.elements : indices,
    span: spanOf(node),
  };
}

function lowerLambda(node: RawNode, context: Lowering): Expression {
  const list = node.children.find(({ name }) => name === "ParamList");
  const colon = node.children.findIndex(({ name }) => name === ":");
  return {
    kind: "lambda",
    parameters: list === undefined ? [] : lowerParameters(list, context),
    body: lowerList(colon < 0 ? [] : node.children.slice(colon + 1), context, node.end),
    span: spanOf(node),
  };
}

function lowerYield(node: RawNode, context: Lowering): Expression {
  const value = withoutErrors(node.children).filter(
    ({ name }) => name !== "yield" && name !== "from",
  );
  return {
    kind: "yield",
    value: value.length === 0 ? undefined : lowerList(value, context, node.end),
    span: spanOf(node),
  };
}

function lowerNamed(node: RawNode, context: Lowering): Expression {
  const [target, , value] = withoutErrors(node.children);
  if (target?.name !== "VariableName") return errorAt(node.start, node.end);
  return {
    kind: "named",
    target: lowerName(target, context),
    value: value === undefined ? errorAt(node.end) : lowerExpression(value, context),
    span: spanOf(node),
  };
}

const RULES: Readonly<Record<string, Rule>> = {
  VariableName: lowerName,
  Number: (node, context) => ({
    kind: "number",
    value: numberValue(textOf(node, context)),
    text: textOf(node, context),
    span: spanOf(node),
  }),
  Boolean: (node, context) => ({
    kind: "constant",
    value: textOf(node, context) === "True",
    span: spanOf(node),
  }),
  None: (node) => ({ kind: "constant", value: null, span: spanOf(node) }),
  Ellipsis: (node) => ({ kind: "constant", value: "ellipsis", span: spanOf(node) }),
  String: lowerString,
  FormatString: lowerString,
  ContinuedString: lowerContinuedString,
  MemberExpression: lowerMember,
  CallExpression: (node, context) => {
    const [callee, list] = withoutErrors(node.children);
    if (list === undefined) return lowerExpression(callee, context);
    return { ...lowerCall(lowerExpression(callee, context), list, context), span: spanOf(node) };
  },
  BinaryExpression: lowerBinary,
  UnaryExpression: lowerUnary,
  AwaitExpression: lowerUnary,
  ConditionalExpression: lowerConditional,
  ParenthesizedExpression: (node, context) => lowerList(inside(node), context, node.end),
  TupleExpression: collection("tuple"),
  ArrayExpression: collection("list"),
  SetExpression: collection("set"),
  DictionaryExpression: lowerDictionary,
  ArrayComprehensionExpression: comprehension("list", collection("list")),
  SetComprehensionExpression: comprehension("set", collection("set")),
  DictionaryComprehensionExpression: comprehension("dict", lowerDictionary),
  ComprehensionExpression: comprehension("generator", collection("tuple")),
  LambdaExpression: lowerLambda,
  NamedExpression: lowerNamed,
  YieldExpression: lowerYield,
};
