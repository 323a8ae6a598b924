import type { BinaryOperator, CompareExpression, CompareOperator, Expression } from "./ast.ts";
import { lowerJunction } from "./lower-junction.ts";
import { errorAt, type Lowering, spanOf, textOf, withoutErrors } from "./lowering.ts";
import type { RawNode } from "./raw-tree.ts";

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

export function lowerBinary(node: RawNode, context: Lowering): Expression {
  const [leftNode, ...others] = withoutErrors(node.children);
  if (others[0]?.name === "and" || others[0]?.name === "or") return lowerJunction(node, context);
  const lastNode = others.at(-1);
  const rightNode = lastNode !== undefined && context.isExpression(lastNode) ? lastNode : undefined;
  const operators = rightNode === undefined ? others : others.slice(0, -1);
  const first = operators[0];
  if (leftNode === undefined) return errorAt(node.start, node.end);
  if (first === undefined) return context.expression(leftNode);
  const left = context.expression(leftNode);
  const right = rightNode === undefined ? errorAt(node.end) : context.expression(rightNode);
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

export function lowerUnary(node: RawNode, context: Lowering): Expression {
  const [operatorNode, operandNode] = withoutErrors(node.children);
  if (operatorNode === undefined) return errorAt(node.start, node.end);
  if (operatorNode.name === "not") return lowerJunction(node, context);
  const operand =
    operandNode === undefined ? errorAt(operatorNode.end) : context.expression(operandNode);
  const text = textOf(operatorNode, context);
  const operator = text === "+" || text === "-" || text === "~" ? text : "await";
  return { kind: "unary", operator, operand, span: spanOf(node) };
}

export function lowerConditional(node: RawNode, context: Lowering): Expression {
  const parts = withoutErrors(node.children).filter(({ name }) => name !== "if" && name !== "else");
  const [then, test, otherwise] = [0, 1, 2].map((index) =>
    parts[index] === undefined ? errorAt(node.end) : context.expression(parts[index]),
  );
  if (then === undefined || test === undefined || otherwise === undefined) return errorAt(0);
  return { kind: "conditional", then, test, otherwise, span: spanOf(node) };
}
