import type { SyntaxNode } from "@lezer/common";
import type { BinaryOperator, CompareOperator, Expression } from "../python/ast.ts";
import { childrenOf, expressionsBelow, type Lowering, spanOf, textOf } from "./lowering.ts";

const BINARY: ReadonlyMap<string, BinaryOperator> = new Map<string, BinaryOperator>([
  ...(["+", "-", "*", "/", "%", "**", "<<", ">>", "&", "|", "^"] as const).map(
    (operator) => [operator, operator] as const,
  ),
  [">>>", ">>"],
]);

const COMPARE: ReadonlyMap<string, CompareOperator> = new Map<string, CompareOperator>([
  ...(["<", "<=", ">", ">=", "==", "!=", "in"] as const).map(
    (operator) => [operator, operator] as const,
  ),
  ["===", "=="],
  ["!==", "!="],
  ["instanceof", "is"],
]);

/** The operator of `+=`; `undefined` for `&&=` and others that may not assign. */
export function assignedOperator(written: string): BinaryOperator | undefined {
  return BINARY.get(written.slice(0, -1));
}

export function binaryExpression(node: SyntaxNode, lowering: Lowering): Expression {
  const [first, second] = expressionsBelow(node, lowering);
  const sign = childrenOf(node).find((child) => !lowering.isExpression(child));
  const left = lowering.expression(first, node.to);
  // `value as Type`, `value satisfies Type`
  if (sign === undefined || sign.name === "as" || sign.name === "satisfies") return left;
  const written = textOf(sign, lowering);
  const right = lowering.expression(second, node.to);
  const [operatorSpan, span] = [spanOf(sign), spanOf(node)];
  const operator = BINARY.get(written);
  if (operator !== undefined) {
    return { kind: "binary", operator, operatorSpan, left, right, span };
  }
  const comparison = COMPARE.get(written);
  if (comparison !== undefined) {
    return {
      kind: "compare",
      left,
      comparisons: [{ operator: comparison, operatorSpan, right }],
      span,
    };
  }
  return { kind: "boolean", operator: written === "&&" ? "and" : "or", left, right, span };
}

export function unaryExpression(node: SyntaxNode, lowering: Lowering): Expression {
  const [sign] = childrenOf(node);
  const operand = lowering.expression(expressionsBelow(node, lowering).at(-1), node.to);
  const written = sign === undefined ? "" : textOf(sign, lowering);
  const span = spanOf(node);
  switch (written) {
    case "+":
    case "-":
    case "~":
      return { kind: "unary", operator: written, operand, span };
    case "!":
      return { kind: "unary", operator: "not", operand, span };
    default:
      // `typeof x`, `void x`, `delete x.y`, `++x`: no value that matters.
      return { kind: "starred", value: operand, span };
  }
}
