import type { Span } from "../../../core/protocol/span.ts";
import type { Argument, CallExpression, Expression } from "../syntax/python/ast.ts";
import type { PythonProgram } from "./python-program.ts";

/** A number as far as the document tells it. */
export type NumberValue =
  | { readonly kind: "absent" }
  | { readonly kind: "constant"; readonly value: number; readonly span: Span }
  | { readonly kind: "unknown"; readonly span: Span };

/** The argument for a parameter, by keyword or by position; positions count from 0. */
export function argumentOf(
  call: CallExpression,
  name: string,
  position?: number,
): Argument | undefined {
  const keyword = call.arguments.find((argument) => argument.name === name);
  if (keyword !== undefined || position === undefined) return keyword;
  const before = call.arguments.slice(0, position + 1);
  const isPlain = before.every(({ name: key, splat }) => key === undefined && splat === "none");
  return isPlain ? before[position] : undefined;
}

/** True where `*args` or `**options` may bring any argument. */
export function hasSplat(call: CallExpression): boolean {
  return call.arguments.some(({ splat }) => splat !== "none");
}

/** Value of a literal, a signed literal, or a name that straight-line code bound to one. */
export function constantNumber(node: Expression, program: PythonProgram): number | undefined {
  switch (node.kind) {
    case "number":
      return Number.isNaN(node.value) ? undefined : node.value;
    case "unary": {
      const value = constantNumber(node.operand, program);
      if (value === undefined) return undefined;
      return node.operator === "-" ? -value : node.operator === "+" ? value : undefined;
    }
    case "name": {
      const definition = program.definition(node);
      const value = definition?.kind === "assigned" ? definition.value : undefined;
      return value?.kind === "number" || value?.kind === "unary"
        ? constantNumber(value, program)
        : undefined;
    }
    default:
      return undefined;
  }
}

/** What a call gives for a numeric parameter. */
export function numberArgument(
  call: CallExpression,
  name: string,
  position: number | undefined,
  program: PythonProgram,
): NumberValue {
  const argument = argumentOf(call, name, position);
  if (argument === undefined) return { kind: "absent" };
  const value = constantNumber(argument.value, program);
  return value === undefined
    ? { kind: "unknown", span: argument.span }
    : { kind: "constant", value, span: argument.span };
}
