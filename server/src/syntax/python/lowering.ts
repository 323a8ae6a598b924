import type { Expression, NameExpression, Statement } from "./ast.ts";
import type { RawNode } from "./raw-tree.ts";

/** Deeper expressions become `error` nodes, so that every reader of the tree may recurse. */
export const MAX_DEPTH = 300;

export interface Lowering {
  readonly text: string;
  /** Nesting of the expression or statement that is being lowered. */
  depth: number;
  /** Lowers an expression below the one at hand. */
  readonly expression: (node: RawNode) => Expression;
  /** True for nodes that `expression` can read. */
  readonly isExpression: (node: RawNode) => boolean;
  /** Lowers the statements of a block below the statement at hand. */
  readonly block: (nodes: readonly RawNode[]) => Statement[];
}

export const textOf = (node: RawNode, { text }: Lowering) => text.slice(node.start, node.end);
export const spanOf = ({ start, end }: RawNode) => ({ start, end });
export const errorAt = (start: number, end = start): Expression => ({
  kind: "error",
  span: { start, end },
});
export const withoutErrors = (nodes: readonly RawNode[]) => nodes.filter(({ isError }) => !isError);
export const isNode = (name: string) => (node: RawNode) => node.name === name;

export function lowerName(node: RawNode, context: Lowering): NameExpression {
  return { kind: "name", id: textOf(node, context), span: spanOf(node) };
}

/** Statements of the `Body` children in order; a missing one is empty. */
export function bodiesOf(node: RawNode, context: Lowering): Statement[][] {
  return node.children.filter(isNode("Body")).map((body) => context.block(body.children));
}

/** Runs `lower` one level deeper, or gives `undefined` where the tree is too deep to follow. */
export function deeper<Value>(context: Lowering, lower: () => Value): Value | undefined {
  if (context.depth >= MAX_DEPTH) return undefined;
  context.depth += 1;
  const value = lower();
  context.depth -= 1;
  return value;
}

/** Splits at the separators; an empty last part, as after a trailing comma, is dropped. */
export function splitAt(nodes: readonly RawNode[], separator: string): RawNode[][] {
  const parts: RawNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === separator) parts.push([]);
    else parts.at(-1)?.push(node);
  }
  if (parts.at(-1)?.length === 0) parts.pop();
  return parts;
}
