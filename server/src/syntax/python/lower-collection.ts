import type { ComprehensionExpression, DictExpression, Expression } from "./ast.ts";
import { inside, lowerItem, lowerList } from "./lower-list.ts";
import { errorAt, type Lowering, spanOf, splitAt, withoutErrors } from "./lowering.ts";
import type { RawNode } from "./raw-tree.ts";

type Rule = (node: RawNode, context: Lowering) => Expression;

/** `element for target in iterable if condition …`, brackets removed. */
export function lowerComprehension(
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

export const collection =
  (kind: "tuple" | "list" | "set"): Rule =>
  (node, context) => ({
    kind,
    elements: splitAt(inside(node), ",").map((part) => lowerItem(part, context, node.end)),
    span: spanOf(node),
  });

/** Without a `for` it is a collection that the parser found unclosed, lowered by `unclosed`. */
export const comprehension =
  (form: ComprehensionExpression["form"], unclosed: Rule): Rule =>
  (node, context) => {
    const nodes = inside(node);
    return nodes.some(({ name }) => name === "for")
      ? lowerComprehension(form, nodes, spanOf(node), context)
      : unclosed(node, context);
  };

export function lowerDictionary(node: RawNode, context: Lowering): Expression {
  const entries: DictExpression["entries"][number][] = [];
  for (const part of splitAt(withoutErrors(inside(node)), ",")) {
    const [first, , value] = part;
    if (first === undefined) continue;
    const isSplat = first.name === "**";
    const valueNode = isSplat ? part[1] : value;
    entries.push({
      key: isSplat ? undefined : context.expression(first),
      value: valueNode === undefined ? errorAt(first.end) : context.expression(valueNode),
    });
  }
  return { kind: "dict", entries, span: spanOf(node) };
}
