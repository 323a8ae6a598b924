import type { Span } from "../../../core/protocol/span.ts";
import type { Argument, CallExpression, Expression } from "../syntax/python/ast.ts";
import { knownValue } from "./known-value.ts";
import type { PythonProgram } from "./python-program.ts";

/** A number as far as the document tells it. */
export type NumberValue =
  | { readonly kind: "absent" }
  | KnownNumber
  | { readonly kind: "unknown"; readonly span: Span };

export interface KnownNumber {
  /**
   * `default` is less certain: a caller, a command line or a configuration may give another number.
   * What counts is that the document itself says it.
   */
  readonly kind: "constant" | "default";
  readonly value: number;
  /** The argument in the call. */
  readonly span: Span;
  /** Where the number is written: in the argument, or wherever that leads to. */
  readonly origin: Span;
}

/** The argument for a parameter, by keyword or by position; positions count from 0. */
export function argumentOf(
  call: Pick<CallExpression, "arguments">,
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
export function hasSplat(call: Pick<CallExpression, "arguments">): boolean {
  return call.arguments.some(({ splat }) => splat !== "none");
}

/**
 * The call with every `**options` written out whose dict the document shows, each as the argument
 * `name=options["name"]` with the span of the splat.
 */
export function withOptions(call: CallExpression, program: PythonProgram): CallExpression {
  if (!call.arguments.some(({ splat }) => splat === "**")) return call;
  const written = call.arguments.flatMap((argument) =>
    argument.splat === "**" ? (optionsOf(argument, program) ?? [argument]) : [argument],
  );
  return { ...call, arguments: written };
}

function optionsOf(splat: Argument, program: PythonProgram): readonly Argument[] | undefined {
  const options = knownValue(splat.value, program);
  if (options?.kind !== "record" || options.isOpen) return undefined;
  const { span, value } = splat;
  return [...options.fields.keys()].map((name) => {
    const key: Expression = { kind: "string", value: name, interpolations: [], span };
    const field: Expression = { kind: "subscript", value, indices: [key], span };
    return { span, name, nameSpan: undefined, splat: "none", value: field };
  });
}

/** A number that the program surely has there: a literal, arithmetic, or a name that leads to one. */
export function constantNumber(node: Expression, program: PythonProgram): number | undefined {
  const value = knownValue(node, program);
  if (value?.kind !== "scalar" || value.certainty !== "constant") return undefined;
  return typeof value.value === "number" ? value.value : undefined;
}

/** What is known of an expression as a number. */
export function numberOf(
  node: Expression,
  program: PythonProgram,
): Exclude<NumberValue, { kind: "absent" }> {
  const found = knownValue(node, program);
  const value = found?.kind === "scalar" ? found.value : undefined;
  return found?.kind === "scalar" && typeof value === "number"
    ? { kind: found.certainty, value, span: node.span, origin: found.span }
    : { kind: "unknown", span: node.span };
}

/** What a call gives for a numeric parameter. */
export function numberArgument(
  call: CallExpression,
  name: string,
  position: number | undefined,
  program: PythonProgram,
): NumberValue {
  const argument = argumentOf(withOptions(call, program), name, position);
  if (argument === undefined) return { kind: "absent" };
  return { ...numberOf(argument.value, program), span: argument.span };
}

/** `False` where a flag is not given, `undefined` where its value is not known. */
export function flagArgument(
  call: CallExpression,
  name: string,
  program: PythonProgram,
): boolean | undefined {
  const argument = argumentOf(withOptions(call, program), name);
  if (argument === undefined) return false;
  const found = knownValue(argument.value, program);
  const value = found?.kind === "scalar" ? found.value : undefined;
  return typeof value === "boolean" ? value : undefined;
}

/** The value where it is known, with whatever certainty. */
export function knownNumber(number: NumberValue): KnownNumber | undefined {
  return number.kind === "constant" || number.kind === "default" ? number : undefined;
}
