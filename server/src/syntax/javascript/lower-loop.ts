import type { SyntaxNode } from "@lezer/common";
import type { Expression, Statement } from "../python/ast.ts";
import { effectOf, variableDeclaration } from "./lower-assignment.ts";
import { isPattern, namesIn, targetOf } from "./lower-pattern.ts";
import { childrenOf, type Lowering, spanOf } from "./lowering.ts";

export function forStatement(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const children = childrenOf(node);
  const spec = children.find(({ name }) => /^For(?:Of|In)?Spec$/.test(name));
  const body = lowering.block(
    spec === undefined ? undefined : children[children.indexOf(spec) + 1],
  );
  if (spec === undefined) return body;
  const parts = childrenOf(spec);
  if (spec.name === "ForSpec") return countedLoop(node, parts, body, lowering);
  const iterable = parts.findLast(lowering.isExpression);
  const bound = parts.find((part) => isPattern(part) || lowering.isExpression(part));
  const over = lowering.expression(iterable, spec.to);
  if (bound === undefined) return body;
  const target: Expression =
    bound.name === "ObjectPattern"
      ? { kind: "tuple", elements: namesIn(bound, lowering), span: spanOf(bound) }
      : targetOf(bound, lowering);
  // A key of an object is no element of it.
  const keys: Expression = { kind: "starred", value: over, span: over.span };
  const values = spec.name === "ForOfSpec" && bound.name !== "ObjectPattern" ? over : keys;
  return [{ kind: "for", target, iterable: values, body, otherwise: [], span: spanOf(node) }];
}

/** `for (init; test; step)` as what it is short for. */
function countedLoop(
  node: SyntaxNode,
  parts: readonly SyntaxNode[],
  body: readonly Statement[],
  lowering: Lowering,
): readonly Statement[] {
  const [init, ...rest] = parts.filter(
    (part) =>
      part.name === "VariableDeclaration" || part.name === ";" || lowering.isExpression(part),
  );
  const isDeclared = init?.name === "VariableDeclaration";
  const before = isDeclared
    ? variableDeclaration(init, lowering)
    : init !== undefined && init.name !== ";"
      ? effectOf(init, spanOf(init), lowering)
      : [];
  const [test, step] = rest.filter(({ name }) => name !== ";");
  const steps = step === undefined ? [] : effectOf(step, spanOf(step), lowering);
  return [
    ...before,
    {
      kind: "while",
      test: lowering.expression(test, node.from),
      body: [...body, ...steps],
      otherwise: [],
      span: spanOf(node),
    },
  ];
}

export function whileStatement(node: SyntaxNode, lowering: Lowering): readonly Statement[] {
  const children = childrenOf(node);
  const test = children.find(({ name }) => name === "ParenthesizedExpression");
  const isDo = node.name === "DoStatement";
  const body = isDo ? children[1] : children[children.indexOf(test ?? node) + 1];
  return [
    {
      kind: "while",
      test: lowering.expression(test, node.to),
      body: lowering.block(body),
      otherwise: [],
      span: spanOf(node),
    },
  ];
}
