import type { SyntaxNode } from "@lezer/common";
import type { CallExpression, Expression } from "../python/ast.ts";
import { argumentsOf, dictOf } from "./lower-arguments.ts";
import { classExpression, functionExpression } from "./lower-function.ts";
import { binaryExpression, unaryExpression } from "./lower-operator.ts";
import {
  childNamed,
  childrenOf,
  expressionsBelow,
  itemsOf,
  type Lowering,
  nameOf,
  spanOf,
  stringValue,
  textOf,
  unknownAt,
} from "./lowering.ts";

type Lower = (node: SyntaxNode, lowering: Lowering) => Expression;

/** The expression of a node that only sets another one apart: parentheses, casts, `await`. */
const inside: Lower = (node, lowering) =>
  lowering.expression(expressionsBelow(node, lowering).at(-1), node.to);

/** Something of which only the parts matter. */
const parts: Lower = (node, lowering) => ({
  kind: "string",
  value: undefined,
  interpolations: partsOf(node, lowering),
  span: spanOf(node),
});

/** Expressions below a node, through whatever holds them. */
function partsOf(node: SyntaxNode, lowering: Lowering): readonly Expression[] {
  return childrenOf(node).flatMap((child) =>
    lowering.isExpression(child)
      ? [lowering.expression(child, child.to)]
      : lowering.deeper(() => partsOf(child, lowering), []),
  );
}

const constant = (value: true | false | null, node: SyntaxNode): Expression => ({
  kind: "constant",
  value,
  span: spanOf(node),
});

function nameExpression(node: SyntaxNode, lowering: Lowering): Expression {
  const name = nameOf(node, lowering);
  return name.id === "undefined" ? constant(null, node) : name;
}

function numberExpression(node: SyntaxNode, lowering: Lowering): Expression {
  const text = textOf(node, lowering);
  return { kind: "number", value: Number(text.replaceAll("_", "")), text, span: spanOf(node) };
}

function stringExpression(node: SyntaxNode, lowering: Lowering): Expression {
  const interpolations = partsOf(node, lowering);
  const value = interpolations.length > 0 ? undefined : stringValue(node, lowering);
  return { kind: "string", value, interpolations, span: spanOf(node) };
}

function memberExpression(node: SyntaxNode, lowering: Lowering): Expression {
  const [object, ...rest] = childrenOf(node);
  const value = lowering.expression(object, node.to);
  const property = rest.find(({ name }) => /^(?:Private)?PropertyName$/.test(name));
  const span = spanOf(node);
  if (property !== undefined) {
    const attribute = textOf(property, lowering);
    return { kind: "attribute", value, attribute, attributeSpan: spanOf(property), span };
  }
  const index = rest.find(lowering.isExpression);
  if (index !== undefined) {
    return { kind: "subscript", value, indices: [lowering.expression(index, node.to)], span };
  }
  const attributeSpan = { start: node.to, end: node.to };
  return { kind: "attribute", value, attribute: "", attributeSpan, span };
}

function callExpression(node: SyntaxNode, lowering: Lowering): CallExpression {
  const list = childNamed(node, "ArgList");
  const [target] = expressionsBelow(node, lowering);
  const callee = lowering.expression(target, node.to);
  return {
    kind: "call",
    callee,
    arguments: argumentsOf(list, callee, lowering),
    argumentsSpan: list === undefined ? { start: node.to, end: node.to } : spanOf(list),
    span: spanOf(node),
  };
}

function arrayExpression(node: SyntaxNode, lowering: Lowering): Expression {
  const elements = itemsOf(node).flatMap(([first, second]): readonly Expression[] => {
    if (first?.name !== "Spread") return first ? [lowering.expression(first, first.to)] : [];
    const value = lowering.expression(second, first.to);
    return [{ kind: "starred", value, span: { start: first.from, end: value.span.end } }];
  });
  return { kind: "list", elements, span: spanOf(node) };
}

function conditionalExpression(node: SyntaxNode, lowering: Lowering): Expression {
  const [test, yes, no] = expressionsBelow(node, lowering).map((part) =>
    lowering.expression(part, part.to),
  );
  const missing = unknownAt(node.to, node.to);
  return conditional(test ?? missing, [yes ?? missing, no ?? missing], spanOf(node));
}

const conditional = (
  test: Expression,
  [then, otherwise]: readonly [Expression, Expression],
  span: Expression["span"],
): Expression => ({ kind: "conditional", test, then, otherwise, span });

/** An assignment inside of an expression; only a name can be told to have changed. */
function innerAssignment(node: SyntaxNode, lowering: Lowering): Expression {
  const [target, written] = expressionsBelow(node, lowering);
  const value = lowering.expression(written, node.to);
  if (target?.name !== "VariableName") return value;
  const isPlain = childNamed(node, "Equals") !== undefined;
  return {
    kind: "named",
    target: nameOf(target, lowering),
    value: isPlain ? value : unknownAt(value.span.start, value.span.end),
    span: spanOf(node),
  };
}

const EXPRESSIONS: ReadonlyMap<string, Lower> = new Map<string, Lower>([
  ["VariableName", nameExpression],
  ["Number", numberExpression],
  ["String", stringExpression],
  ["TemplateString", stringExpression],
  ["RegExp", parts],
  ["BooleanLiteral", (node, { text }) => constant(text[node.from] === "t", node)],
  ["null", (node) => constant(null, node)],
  ["this", (node) => ({ kind: "name", id: "self", span: spanOf(node) })],
  ["super", nameExpression],
  ["ArrayExpression", arrayExpression],
  ["ObjectExpression", dictOf],
  ["ArrowFunction", functionExpression],
  ["FunctionExpression", functionExpression],
  ["ClassExpression", classExpression],
  ["MemberExpression", memberExpression],
  ["CallExpression", callExpression],
  ["NewExpression", callExpression],
  ["TaggedTemplateExpression", parts],
  ["DynamicImport", parts],
  ["ImportMeta", parts],
  ["NewTarget", parts],
  ["JSXElement", parts],
  ["BinaryExpression", binaryExpression],
  ["UnaryExpression", unaryExpression],
  ["ConditionalExpression", conditionalExpression],
  ["AssignmentExpression", innerAssignment],
  ["ParenthesizedExpression", inside],
  ["SequenceExpression", inside],
  ["AwaitExpression", inside],
  ["PrefixCast", inside],
  ["InstantiationExpression", (node, lowering) => firstOf(node, lowering)],
  ["PostfixExpression", (node, lowering) => firstOf(node, lowering)],
  [
    "YieldExpression",
    (node, lowering) => ({ kind: "yield", value: inside(node, lowering), span: spanOf(node) }),
  ],
]);

function firstOf(node: SyntaxNode, lowering: Lowering): Expression {
  return lowering.expression(expressionsBelow(node, lowering)[0], node.to);
}

export const isExpression = ({ name }: SyntaxNode): boolean => EXPRESSIONS.has(name);

/** An expression as the tree of `python/ast.ts` has it; an `error` for what is none. */
export function lowerExpression(node: SyntaxNode, lowering: Lowering): Expression {
  return EXPRESSIONS.get(node.name)?.(node, lowering) ?? unknownAt(node.from, node.to);
}
