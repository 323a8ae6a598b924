import type { Expression } from "./ast.ts";
import { deeper, errorAt, type Lowering, MAX_DEPTH, withoutErrors } from "./lowering.ts";
import type { RawNode } from "./raw-tree.ts";

/** One operand of `and` and `or`, with the places of the `not`s before it, and the operator before those. */
interface Operand {
  readonly node: RawNode;
  readonly nots: readonly number[];
  readonly operator: "and" | "or" | undefined;
}

/**
 * Operands of a chain of `and`, `or` and `not` in source order. The grammar lets `not` reach over
 * what follows, `not (a and b)` for `not a and b`: only the order of its leaves is to be trusted.
 */
function operandsOf(node: RawNode, context: Lowering): readonly Operand[] {
  const parts = withoutErrors(node.children);
  const [first, second, third] = parts;
  const isJunction = second?.name === "and" || second?.name === "or";
  if (node.name === "BinaryExpression" && isJunction && first !== undefined) {
    const left: readonly Operand[] = deeper(context, () => operandsOf(first, context)) ?? [];
    const missing = { ...node, name: "", start: node.end, children: [] };
    const right = deeper(context, () => operandsOf(third ?? missing, context)) ?? [];
    const operator = second.name === "and" ? ("and" as const) : ("or" as const);
    return [...left, ...right.map((item, at) => (at === 0 ? { ...item, operator } : item))];
  }
  if (node.name === "UnaryExpression" && first?.name === "not") {
    const missing = { ...node, name: "", start: node.end, children: [] };
    const operands = deeper(context, () => operandsOf(second ?? missing, context)) ?? [];
    return operands.map((item, at) =>
      at === 0 ? { ...item, nots: [first.start, ...item.nots] } : item,
    );
  }
  return [{ node, nots: [], operator: undefined }];
}

/** A chain of `and`, `or` and `not` as Python groups it. */
export function lowerJunction(node: RawNode, context: Lowering): Expression {
  let either: Expression | undefined;
  let both: Expression | undefined;
  const join = (operator: "and" | "or", left: Expression, right: Expression): Expression => {
    const span = { start: left.span.start, end: right.span.end };
    return { kind: "boolean", operator, left, right, span };
  };
  for (const { node: leaf, nots, operator } of operandsOf(node, context)) {
    const value = nots.slice(-MAX_DEPTH).reduceRight<Expression>(
      (operand, start) => ({
        kind: "unary",
        operator: "not",
        operand,
        span: { start, end: operand.span.end },
      }),
      context.expression(leaf),
    );
    if (operator === "or" && both !== undefined) {
      either = either === undefined ? both : join("or", either, both);
      both = value;
    } else {
      both = both === undefined ? value : join("and", both, value);
    }
  }
  if (both === undefined) return errorAt(node.start, node.end);
  return either === undefined ? both : join("or", either, both);
}
