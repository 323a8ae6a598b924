import type { Expression, NameExpression } from "../syntax/python/ast.ts";
import { type NamePattern, textName } from "./name-pattern.ts";

/** `model.classifier[6]`: the steps from a name to what is given a value. */
export interface TargetChain {
  readonly base: NameExpression;
  readonly steps: readonly NamePattern[];
}

const ANY_INDEX: NamePattern = { kind: "index", from: 0, to: Infinity };

export function targetChain(node: Expression): TargetChain | undefined {
  if (node.kind === "name") return { base: node, steps: [] };
  if (node.kind !== "attribute" && node.kind !== "subscript") return undefined;
  const inner = targetChain(node.value);
  if (inner === undefined) return undefined;
  const step = node.kind === "attribute" ? textName(node.attribute) : indexStep(node.indices[0]);
  return { base: inner.base, steps: [...inner.steps, step] };
}

function indexStep(index: Expression | undefined): NamePattern {
  if (index?.kind === "number") return textName(index.text);
  return index?.kind === "string" && index.value !== undefined ? textName(index.value) : ANY_INDEX;
}
