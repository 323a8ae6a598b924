import type { Expression } from "../syntax/python/ast.ts";

/** What a search has gone through and how far it may still go, so that it ends for any code. */
export interface Trail {
  readonly nodes: ReadonlySet<Expression>;
  /** Shared by all branches of one search. */
  readonly fuel: { left: number };
}

/** Nodes that one search may visit; models take some hundreds. */
const MOST_VISITS = 4000;
/** Names, calls and wrappers that are followed one behind the other. */
const MOST_STEPS = 24;

export function newTrail(fuel: Trail["fuel"] = { left: MOST_VISITS }): Trail {
  return { nodes: new Set(), fuel };
}

/** The trail with one node more; `undefined` where it has been there, has gone too far, or is at its end. */
export function beyond({ nodes, fuel }: Trail, node: Expression): Trail | undefined {
  fuel.left -= 1;
  if (fuel.left < 0 || nodes.size >= MOST_STEPS || nodes.has(node)) return undefined;
  return { nodes: new Set([...nodes, node]), fuel };
}
