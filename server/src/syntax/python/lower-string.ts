import type { Expression } from "./ast.ts";
import { stringValue } from "./literals.ts";
import { type Lowering, spanOf, textOf } from "./lowering.ts";
import type { RawNode } from "./raw-tree.ts";

function interpolations(node: RawNode, context: Lowering): Expression[] {
  return node.children
    .filter(({ name }) => name === "FormatReplacement")
    .flatMap((replacement) => {
      const value = replacement.children.find(({ name }) => name !== "{");
      return value === undefined ? [] : [context.expression(value)];
    });
}

export function lowerString(node: RawNode, context: Lowering): Expression {
  return {
    kind: "string",
    value: node.name === "String" ? stringValue(textOf(node, context)) : undefined,
    interpolations: interpolations(node, context),
    span: spanOf(node),
  };
}

export function lowerContinuedString(node: RawNode, context: Lowering): Expression {
  const parts = node.children.map((child) =>
    child.name === "String" ? stringValue(textOf(child, context)) : undefined,
  );
  return {
    kind: "string",
    value: parts.includes(undefined) ? undefined : parts.join(""),
    interpolations: node.children.flatMap((child) => interpolations(child, context)),
    span: spanOf(node),
  };
}
