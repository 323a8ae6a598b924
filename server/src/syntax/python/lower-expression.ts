import type {
  Argument,
  BinaryOperator,
  CompareExpression,
  CompareOperator,
  ComprehensionExpression,
  DictExpression,
  Expression,
  NameExpression,
  Parameter,
} from "./ast.ts";
import { numberValue } from "./literals.ts";
import { lowerJunction } from "./lower-junction.ts";
import { lowerContinuedString, lowerString } from "./lower-string.ts";
import {
  deeper,
  errorAt,
  type Lowering,
  spanOf,
  splitAt,
  textOf,
  withoutErrors,
} from "./lowering.ts";
import type { RawNode } from "./raw-tree.ts";

type Rule = (node: RawNode, context: Lowering) => Expression;

/** What lowering a text begins with. */
export function newLowering(text: string): Lowering {
  const context: Lowering = {
    text,
    depth: 0,
    expression: (node) => lowerExpression(node, context),
  };
  return context;
}

export function lowerExpression(node: RawNode | undefined, context: Lowering): Expression {
  if (node === undefined) return errorAt(0);
  const rule = RULES[node.name];
  if (rule === undefined) return errorAt(node.start, node.end);
  return deeper(context, () => rule(node, context)) ?? errorAt(node.start, node.end);
}

export function lowerName(node: RawNode, context: Lowering): NameExpression {
  return { kind: "name", id: textOf(node, context), span: spanOf(node) };
}

/** `value`, or `*value`; `end` is where a missing one would stand. */
function lowerItem(nodes: readonly RawNode[], context: Lowering, end: number): Expression {
  const [first, second] = withoutErrors(nodes);
  if (first === undefined) return errorAt(nodes[0]?.start ?? end);
  if (first.name !== "*") return lowerExpression(first, context);
  const value = second === undefined ? errorAt(first.end) : lowerExpression(second, context);
  return { kind: "starred", value, span: { start: first.start, end: value.span.end } };
}

/** A bare list of expressions: one is itself, several (or a trailing comma) are a tuple. */
export function lowerList(nodes: readonly RawNode[], context: Lowering, end: number): Expression {
  const parts = splitAt(nodes, ",");
  const elements = parts.map((part) => lowerItem(part, context, end));
  const [only] = elements;
  if (only === undefined) return errorAt(end);
  if (elements.length === 1 && !nodes.some(({ name }) => name === ",")) return only;
  const last = nodes.at(-1);
  return {
    kind: "tuple",
    elements,
    span: { start: only.span.start, end: last?.end ?? only.span.end },
  };
}

/** What stands between the brackets. */
function inside(node: RawNode): readonly RawNode[] {
  return node.children.filter(({ name }) => !BRACKETS.has(name));
}
const BRACKETS = new Set(["(", ")", "[", "]", "{", "}"]);

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

function lowerArgument(part: readonly RawNode[], context: Lowering, end: number): Argument {
  const nodes = withoutErrors(part);
  const [first, second, third] = nodes;
  const last = nodes.at(-1);
  const span = { start: first?.start ?? part[0]?.start ?? end, end: last?.end ?? end };
  const plain = { name: undefined, nameSpan: undefined, span } as const;
  if (first === undefined) return { ...plain, splat: "none", value: errorAt(span.start) };
  if (first.name === "*" || first.name === "**") {
    const value = second === undefined ? errorAt(first.end) : lowerExpression(second, context);
    return { ...plain, splat: first.name, value };
  }
  if (second?.name === "AssignOp" && textOf(second, context) === "=") {
    const value = third === undefined ? errorAt(second.end) : lowerExpression(third, context);
    return {
      name: textOf(first, context),
      nameSpan: spanOf(first),
      splat: "none",
      value,
      span,
    };
  }
  const isGenerator = nodes.some(({ name }) => name === "for");
  if (isGenerator) {
    return {
      ...plain,
      splat: "none",
      value: lowerComprehension("generator", nodes, span, context),
    };
  }
  const isNamed = second?.name === "AssignOp";
  const named = { ...first, name: "NamedExpression", end: span.end, children: nodes };
  return { ...plain, splat: "none", value: lowerExpression(isNamed ? named : first, context) };
}

export function lowerArguments(list: RawNode, context: Lowering): Argument[] {
  const nodes = inside(list);
  // The commas of a bare generator belong to its targets.
  const parts = nodes.some(({ name }) => name === "for") ? [[...nodes]] : splitAt(nodes, ",");
  const hasContent = (part: readonly RawNode[]) => withoutErrors(part).length > 0;
  return parts.filter(hasContent).map((part) => lowerArgument(part, context, list.end));
}

export function lowerCall(callee: Expression, list: RawNode, context: Lowering): Expression {
  return {
    kind: "call",
    callee,
    arguments: lowerArguments(list, context),
    argumentsSpan: spanOf(list),
    span: { start: callee.span.start, end: list.end },
  };
}

const BINARY: Readonly<Record<string, BinaryOperator>> = {
  "+": "+",
  "-": "-",
  "*": "*",
  "/": "/",
  "//": "//",
  "%": "%",
  "**": "**",
  "@": "@",
  "<<": "<<",
  ">>": ">>",
  "&": "&",
  "|": "|",
  "^": "^",
};
const COMPARE: Readonly<Record<string, CompareOperator>> = {
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
  "==": "==",
  "!=": "!=",
  "<>": "!=",
  in: "in",
  "not in": "not in",
  is: "is",
  "is not": "is not",
};

/** Operator of `+=` and its like. */
export function binaryOperator(text: string): BinaryOperator | undefined {
  return BINARY[text];
}

function lowerBinary(node: RawNode, context: Lowering): Expression {
  const [leftNode, ...others] = withoutErrors(node.children);
  if (others[0]?.name === "and" || others[0]?.name === "or") return lowerJunction(node, context);
  const isLast = others.length > 0 && RULES[others.at(-1)?.name ?? ""] !== undefined;
  const rightNode = isLast ? others.at(-1) : undefined;
  const operators = isLast ? others.slice(0, -1) : others;
  const first = operators[0];
  if (leftNode === undefined || first === undefined) return lowerExpression(leftNode, context);
  const left = lowerExpression(leftNode, context);
  const right = rightNode === undefined ? errorAt(node.end) : lowerExpression(rightNode, context);
  const operatorSpan = { start: first.start, end: operators.at(-1)?.end ?? first.end };
  const text = operators.map((operator) => textOf(operator, context)).join(" ");
  const span = spanOf(node);
  const binary = binaryOperator(text);
  if (binary !== undefined) {
    return { kind: "binary", operator: binary, operatorSpan, left, right, span };
  }
  const compare = COMPARE[text];
  if (compare === undefined) return errorAt(node.start, node.end);
  const comparison = { operator: compare, operatorSpan, right };
  const isChain = left.kind === "compare" && leftNode.name === "BinaryExpression";
  return isChain
    ? { ...left, comparisons: [...left.comparisons, comparison], span }
    : ({ kind: "compare", left, comparisons: [comparison], span } satisfies CompareExpression);
}

function lowerUnary(node: RawNode, context: Lowering): Expression {
  const [operatorNode, operandNode] = withoutErrors(node.children);
  if (operatorNode === undefined) return errorAt(node.start, node.end);
  if (operatorNode.name === "not") return lowerJunction(node, context);
  const operand =
    operandNode === undefined ? errorAt(operatorNode.end) : lowerExpression(operandNode, context);
  const text = textOf(operatorNode, context);
  const operator = text === "+" || text === "-" || text === "~" ? text : "await";
  return { kind: "unary", operator, operand, span: spanOf(node) };
}

function lowerConditional(node: RawNode, context: Lowering): Expression {
  const parts = withoutErrors(node.children).filter(({ name }) => name !== "if" && name !== "else");
  const [then, test, otherwise] = [0, 1, 2].map((index) =>
    parts[index] === undefined ? errorAt(node.end) : lowerExpression(parts[index], context),
  );
  if (then === undefined || test === undefined || otherwise === undefined) return errorAt(0);
  return { kind: "conditional", then, test, otherwise, span: spanOf(node) };
}

/** `element for target in iterable if condition …`, brackets removed. */
function lowerComprehension(
  form: ComprehensionExpression["form"],
  nodes: readonly RawNode[],
  span: { readonly start: number; readonly end: number },
  context: Lowering,
): Expression {
  const firstFor = nodes.findIndex(({ name }) => name === "for");
  const head = nodes.slice(0, firstFor).filter(({ name }) => name !== "async");
  const colon = head.findIndex(({ name }) => name === ":");
  const elementNodes = head.slice(colon + 1);
  const clauses = splitAt(
    nodes.slice(firstFor + 1).filter(({ name }) => name !== "async"),
    "for",
  ).map((clause) => {
    const position = clause.findIndex(({ name }) => name === "in");
    const target = position < 0 ? clause : clause.slice(0, position);
    const [iterable, ...conditions] = position < 0 ? [] : splitAt(clause.slice(position + 1), "if");
    return {
      target: lowerList(target, context, span.end),
      iterable: lowerList(iterable ?? [], context, span.end),
      conditions: conditions.map((condition) => lowerList(condition, context, span.end)),
    };
  });
  return {
    kind: "comprehension",
    form,
    element: lowerList(elementNodes, context, span.end),
    key: colon < 0 ? undefined : lowerList(head.slice(0, colon), context, span.end),
    clauses,
    span,
  };
}

const collection =
  (kind: "tuple" | "list" | "set"): Rule =>
  (node, context) => ({
    kind,
    elements: splitAt(inside(node), ",").map((part) => lowerItem(part, context, node.end)),
    span: spanOf(node),
  });

/** Without a `for` it is a collection that the parser found unclosed, lowered by `unclosed`. */
const comprehension =
  (form: ComprehensionExpression["form"], unclosed: Rule): Rule =>
  (node, context) => {
    const nodes = inside(node);
    return nodes.some(({ name }) => name === "for")
      ? lowerComprehension(form, nodes, spanOf(node), context)
      : unclosed(node, context);
  };

function lowerDictionary(node: RawNode, context: Lowering): Expression {
  const entries: DictExpression["entries"][number][] = [];
  for (const part of splitAt(withoutErrors(inside(node)), ",")) {
    const [first, , value] = part;
    if (first === undefined) continue;
    const isSplat = first.name === "**";
    const valueNode = isSplat ? part[1] : value;
    entries.push({
      key: isSplat ? undefined : lowerExpression(first, context),
      value: valueNode === undefined ? errorAt(first.end) : lowerExpression(valueNode, context),
    });
  }
  return { kind: "dict", entries, span: spanOf(node) };
}

export function lowerParameters(list: RawNode, context: Lowering): Parameter[] {
  return splitAt(withoutErrors(inside(list)), ",").flatMap((part) => {
    const name = part.find((node) => node.name === "VariableName");
    const [first] = part;
    if (name === undefined || first === undefined) return [];
    const annotation = part.find((node) => node.name === "TypeDef");
    const equals = part.findIndex((node) => node.name === "AssignOp");
    return {
      name: textOf(name, context),
      splat: first.name === "*" || first.name === "**" ? first.name : "none",
      annotation: annotation === undefined ? undefined : lowerAnnotation(annotation, context),
      default: equals < 0 ? undefined : lowerList(part.slice(equals + 1), context, list.end),
      span: { start: first.start, end: part.at(-1)?.end ?? first.end },
    };
  });
}

/** The expression of `: T`. */
export function lowerAnnotation(node: RawNode, context: Lowering): Expression {
  const [value] = node.children.filter(({ name, isError }) => name !== ":" && !isError);
  return value === undefined ? errorAt(node.end) : lowerExpression(value, context);
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
