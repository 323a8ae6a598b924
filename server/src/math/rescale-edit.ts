import type { Edit } from "../engine/rule.ts";
import type { BinaryExpression, Expression, NumberExpression } from "../syntax/python/ast.ts";
import { expressionsIn } from "../syntax/python/walk.ts";
import { type Addend, addendsOf } from "./addends.ts";
import type { Ir } from "./ir.ts";

/**
 * The edit that multiplies a term by `scale` through one literal that the user wrote in it.
 *
 * `undefined` unless exactly one literal becomes 1 by it, as the 2 of `2/m` does under 1/2.
 */
export function rescaleEdit(addend: Addend, scale: number, text: string): Edit | undefined {
  const written = addend.definition ?? addend.written.origin;
  if (written === undefined) return undefined;
  const candidates = [
    ...literalsIn(addend.factors).map((literal) => ({ literal, scaled: literal.value * scale })),
    ...literalsIn(addend.divisors).map((literal) => ({ literal, scaled: literal.value / scale })),
  ].filter(({ scaled }) => Math.abs(scaled - 1) < 1e-9);
  const [only, ...others] = candidates;
  if (only === undefined || others.length > 0) return undefined;
  const parent = parentOf(only.literal, written);
  return parent && withoutLiteral(only.literal, parent, text);
}

function literalsIn(factors: readonly Ir[]): readonly NumberExpression[] {
  const parts = factors.flatMap((factor) => {
    const [only, ...others] = addendsOf(factor);
    return only === undefined || others.length > 0 ? [] : only.factors;
  });
  return parts.flatMap(({ kind, origin }) =>
    kind === "number" && origin?.kind === "number" ? [origin] : [],
  );
}

function parentOf(literal: Expression, root: Expression): BinaryExpression | undefined {
  for (const expression of expressionsIn(root)) {
    if (expression.kind !== "binary") continue;
    if (expression.left === literal || expression.right === literal) return expression;
  }
  return undefined;
}

/** `2 * x` becomes `x`, `x * 2` and `x / 2` become `x`, `2 / x` becomes `1 / x`. */
function withoutLiteral(literal: NumberExpression, parent: BinaryExpression, text: string): Edit {
  const isLeft = parent.left === literal;
  if (isLeft && parent.operator !== "*") return { span: literal.span, newText: "1" };
  const { operatorSpan } = parent;
  const after = /^\s*/.exec(text.slice(operatorSpan.end))?.[0].length ?? 0;
  const before = /\s*$/.exec(text.slice(0, operatorSpan.start))?.[0].length ?? 0;
  return isLeft
    ? { span: { start: literal.span.start, end: operatorSpan.end + after }, newText: "" }
    : { span: { start: operatorSpan.start - before, end: literal.span.end }, newText: "" };
}
