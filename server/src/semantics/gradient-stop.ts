import type { Expression } from "../syntax/python/ast.ts";
import type { OperationCall } from "./tensor-operations.ts";
import type { Blocker } from "./training-term.ts";

/** `p.data`: the values of a parameter without its history. */
export function gradientStop(
  node: Extract<Expression, { kind: "attribute" }>,
): Blocker | undefined {
  if (node.attribute !== "data") return undefined;
  return { name: ".data", inner: node.value.span, outer: node.span, statement: undefined };
}

/** `x.item()`, `float(x)`, `jax.lax.stop_gradient(x)`. */
export function gradientStopCall({ name, operand, call }: OperationCall): Blocker {
  return { name, inner: operand.span, outer: call.span, statement: undefined };
}
