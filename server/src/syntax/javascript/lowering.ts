import type { SyntaxNode } from "@lezer/common";
import type { Span } from "../../../../core/protocol/span.ts";
import type { Expression, NameExpression, Statement } from "../python/ast.ts";

/** A JavaScript document while its tree is written anew as the tree that all facts are read from. */
export interface Lowering {
  readonly text: string;
  /**
   * Functions and classes inside of the statement at hand. They become statements before it, and a
   * name stands where each of them was.
   */
  readonly inner: Statement[];
  expression(node: SyntaxNode | undefined, end: number): Expression;
  /** The statements of a block, or a statement that stands in place of one. */
  block(node: SyntaxNode | undefined): readonly Statement[];
  isExpression(node: SyntaxNode): boolean;
  /** Reads what lies deeper; `otherwise` where no person would have written so deep. */
  deeper<Result>(read: () => Result, otherwise: Result): Result;
}

export const spanOf = ({ from, to }: SyntaxNode): Span => ({ start: from, end: to });

export const textOf = ({ from, to }: SyntaxNode, { text }: Lowering): string =>
  text.slice(from, to);

/** The children of a node that say something: comments and gaps left out. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    const isComment = child.name === "LineComment" || child.name === "BlockComment";
    if (!isComment && !child.type.isError) children.push(child);
  }
  return children;
}

export function childNamed(node: SyntaxNode, ...names: readonly string[]): SyntaxNode | undefined {
  return childrenOf(node).find(({ name }) => names.includes(name));
}

/** The expressions directly below a node, in source order. */
export function expressionsBelow(node: SyntaxNode, lowering: Lowering): readonly SyntaxNode[] {
  return childrenOf(node).filter(lowering.isExpression);
}

/** A statement without the semicolon that ends it. */
export function statementSpan(node: SyntaxNode): Span {
  const last = childrenOf(node).findLast(({ name }) => name !== ";");
  return { start: node.from, end: last?.to ?? node.to };
}

export function nameOf(node: SyntaxNode, lowering: Lowering): NameExpression {
  return { kind: "name", id: textOf(node, lowering), span: spanOf(node) };
}

export const unknownAt = (start: number, end: number): Expression => ({
  kind: "error",
  span: { start, end },
});

/** The items of a list, each with the children up to the next comma. */
export function itemsOf(node: SyntaxNode): readonly (readonly SyntaxNode[])[] {
  const items: SyntaxNode[][] = [[]];
  for (const child of childrenOf(node)) {
    if (child.name === ",") items.push([]);
    else if (!"()[]{}".includes(child.name)) items.at(-1)?.push(child);
  }
  return items.filter((item) => item.length > 0);
}

/** Text of a string; `undefined` where an escape stands in it. */
export function stringValue(node: SyntaxNode, lowering: Lowering): string | undefined {
  const written = textOf(node, lowering);
  return written.includes("\\") ? undefined : written.slice(1, -1);
}

/** `kernelRegularizer` as the Keras of Python spells it. */
export const snakeCase = (id: string): string =>
  id.replaceAll(/([a-z\d])([A-Z])/g, "$1_$2").toLowerCase();
