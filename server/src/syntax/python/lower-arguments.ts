import type { Argument, Expression, Parameter } from "./ast.ts";
import { lowerComprehension } from "./lower-collection.ts";
import { inside, lowerList } from "./lower-list.ts";
import { errorAt, type Lowering, spanOf, splitAt, textOf, withoutErrors } from "./lowering.ts";
import type { RawNode } from "./raw-tree.ts";

function lowerArgument(part: readonly RawNode[], context: Lowering, end: number): Argument {
  const nodes = withoutErrors(part);
  const [first, second, third] = nodes;
  const last = nodes.at(-1);
  const span = { start: first?.start ?? part[0]?.start ?? end, end: last?.end ?? end };
  const plain = { name: undefined, nameSpan: undefined, span } as const;
  if (first === undefined) return { ...plain, splat: "none", value: errorAt(span.start) };
  if (first.name === "*" || first.name === "**") {
    const value = second === undefined ? errorAt(first.end) : context.expression(second);
    return { ...plain, splat: first.name, value };
  }
  if (second?.name === "AssignOp" && textOf(second, context) === "=") {
    const value = third === undefined ? errorAt(second.end) : context.expression(third);
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
  return { ...plain, splat: "none", value: context.expression(isNamed ? named : first) };
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
  return value === undefined ? errorAt(node.end) : context.expression(value);
}
