import type { Argument, CallExpression } from "../syntax/python/ast.ts";
import { sourceOf } from "../syntax/python/source-of.ts";
import type { PythonProgram } from "./python-program.ts";

/** The keyword of an argument as the document spells it: `biasRegularizer` in JavaScript. */
export function writtenKeyword({ name, nameSpan }: Argument, program: PythonProgram): string {
  return nameSpan === undefined ? (name ?? "") : sourceOf({ span: nameSpan }, program.module);
}

/** What a call of this name is called where it stands: `dropout` in JavaScript for Keras's `Dropout`. */
export function writtenCallee(
  { callee }: CallExpression,
  qualifiedName: string,
  program: PythonProgram,
): string {
  const isWritten = program.language === "javascript" && callee.kind === "attribute";
  return isWritten ? callee.attribute : qualifiedName.slice(qualifiedName.lastIndexOf(".") + 1);
}
