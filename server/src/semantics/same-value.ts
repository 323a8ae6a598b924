import type { Expression } from "../syntax/python/ast.ts";
import { childExpressions } from "../syntax/python/walk.ts";
import type { PythonProgram } from "./python-program.ts";

/**
 * True where two expressions stand for the same data: the same text whose names have the same
 * definitions. Calls never do, as they may give another value each time.
 */
export function isSameValue(a: Expression, b: Expression, program: PythonProgram): boolean {
  if (a.kind !== b.kind || a.kind === "call" || a.kind === "error") return false;
  if (a.kind === "name" && b.kind === "name") return isSameName(a, b, program);
  if (childExpressions(a).length === 0) {
    const { text } = program.module;
    return text.slice(a.span.start, a.span.end) === text.slice(b.span.start, b.span.end);
  }
  if (a.kind === "attribute" && b.kind === "attribute" && a.attribute !== b.attribute) return false;
  if (a.kind !== "attribute" && a.kind !== "subscript" && a.kind !== "list") return false;
  const left = childExpressions(a);
  const right = childExpressions(b);
  return (
    left.length === right.length &&
    left.every((child, at) => {
      const other = right[at];
      return other !== undefined && isSameValue(child, other, program);
    })
  );
}

type Name = Extract<Expression, { kind: "name" }>;

function isSameName(a: Name, b: Name, program: PythonProgram): boolean {
  if (a.id !== b.id) return false;
  const definition = program.definition(a);
  if (definition !== undefined) return definition === program.definition(b);
  return program.isUnbound(a) && program.isUnbound(b);
}
