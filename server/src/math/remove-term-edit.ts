import type { Edit } from "../engine/rule.ts";
import type { BinaryExpression, Expression, Statement } from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions } from "../syntax/python/walk.ts";

/**
 * The edit that takes a term out of a sum that a statement writes.
 *
 * `undefined` when the term is not an operand of a `+` there; taking one out of a difference would
 * change the sign of the rest.
 */
export function removeTermEdit(
  term: Expression,
  statement: Statement,
  text: string,
): Edit | undefined {
  const sum = sumWith(term, statement);
  if (sum === undefined) return undefined;
  const { operatorSpan, span } = sum;
  if (sum.left === term) {
    const gap = /^\s*/.exec(text.slice(operatorSpan.end, span.end))?.[0].length ?? 0;
    return { span: { start: span.start, end: operatorSpan.end + gap }, newText: "" };
  }
  const gap = /\s*$/.exec(text.slice(span.start, operatorSpan.start))?.[0].length ?? 0;
  return { span: { start: operatorSpan.start - gap, end: span.end }, newText: "" };
}

function sumWith(term: Expression, statement: Statement): BinaryExpression | undefined {
  for (const root of ownExpressions(statement)) {
    for (const expression of expressionsIn(root)) {
      if (expression.kind !== "binary" || expression.operator !== "+") continue;
      if (expression.left === term || expression.right === term) return expression;
    }
  }
  return undefined;
}
