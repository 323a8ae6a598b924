import type { Expression, PythonModule, Statement } from "../syntax/python/ast.ts";
import { blocksOf, ownExpressions } from "../syntax/python/walk.ts";

/** True where the parser had to guess inside of an expression, or at its end. */
export function isHalfTyped({ span }: Expression, { errors }: PythonModule): boolean {
  return errors.some((error) => error.start <= span.end && error.end >= span.start);
}

/** The same for what a statement itself says, its blocks left out. */
export function isHalfTypedStatement(statement: Statement, module: PythonModule): boolean {
  const isSimple = blocksOf(statement).length === 0;
  return isSimple
    ? module.errors.some(
        ({ start, end }) => start <= statement.span.end && end >= statement.span.start,
      )
    : ownExpressions(statement).some((root) => isHalfTyped(root, module));
}
