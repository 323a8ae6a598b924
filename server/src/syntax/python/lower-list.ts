import type { Expression } from "./ast.ts";
import { errorAt, type Lowering, splitAt, withoutErrors } from "./lowering.ts";
import type { RawNode } from "./raw-tree.ts";

/** `value`, or `*value`; `end` is where a missing one would stand. */
export function lowerItem(nodes: readonly RawNode[], context: Lowering, end: number): Expression {
  const [first, second] = withoutErrors(nodes);
  if (first === undefined) return errorAt(nodes[0]?.start ?? end);
  if (first.name !== "*") return context.expression(first);
  const value = second === undefined ? errorAt(first.end) : context.expression(second);
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
export function inside(node: RawNode): readonly RawNode[] {
  return node.children.filter(({ name }) => !BRACKETS.has(name));
}
const BRACKETS = new Set(["(", ")", "[", "]", "{", "}"]);
