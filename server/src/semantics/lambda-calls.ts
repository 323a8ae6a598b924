import type { Span } from "../../../core/protocol/span.ts";
import type { Values } from "../lambda/convention.ts";
import { findConvention } from "../lambda/find-convention.ts";
import type { Argument, CallExpression, Expression } from "../syntax/python/ast.ts";
import { argumentOf, hasSplat, knownNumber, numberOf, withOptions } from "./call-arguments.ts";
import { knownValue } from "./known-value.ts";
import type { LambdaReading } from "./lambda-reading.ts";
import {
  type ArgumentReader,
  isOls,
  type LambdaSignature,
  lambdaSignature,
  OLS_FIT,
  parametersSignature,
} from "./lambda-signatures.ts";
import type { CallSite } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** The λs that a call is given; none where one of its options is not known. */
export function lambdaCall(site: CallSite, program: PythonProgram): readonly LambdaReading[] {
  const { call, qualifiedName } = site;
  const signature =
    qualifiedName === undefined ? methodSignature(site, program) : lambdaSignature(qualifiedName);
  return signature === undefined
    ? ofParameters(site, program)
    : readings(withOptions(call, program), signature, program);
}

/** `xgb.train({"lambda": 2}, …)`: the dict is read as if its entries were arguments. */
function ofParameters(
  { call, qualifiedName }: CallSite,
  program: PythonProgram,
): readonly LambdaReading[] {
  const signature = qualifiedName === undefined ? undefined : parametersSignature(qualifiedName);
  const given = signature === undefined ? undefined : argumentOf(call, "params", 0)?.value;
  const definition = given?.kind === "name" ? program.definition(given) : undefined;
  const dict = definition?.kind === "assigned" ? definition.value : given;
  if (signature === undefined || dict?.kind !== "dict") return [];
  const entries = dict.entries.map(({ key, value }): Argument => {
    const name = key?.kind === "string" ? key.value : undefined;
    const splat = name === undefined ? "**" : "none";
    return { name, nameSpan: key?.span, splat, value, span: value.span };
  });
  const asCall = { ...call, arguments: entries };
  // The call does not take the number itself, so it cannot be written otherwise.
  return readings(asCall, signature, program).map((reading) => ({ ...reading, call: undefined }));
}

function methodSignature(
  { call, name }: CallSite,
  program: PythonProgram,
): LambdaSignature | undefined {
  if (name !== "fit_regularized" || call.callee.kind !== "attribute") return undefined;
  const model = built(call.callee.value, program);
  return model !== undefined && isOls(program.qualifiedName(model.callee)) ? OLS_FIT : undefined;
}

/** The call that made an object: the expression itself, or what its name was bound to. */
function built(node: Expression, program: PythonProgram): CallExpression | undefined {
  if (node.kind === "call") return node;
  const definition = node.kind === "name" ? program.definition(node) : undefined;
  return definition?.kind === "assigned" && definition.value.kind === "call"
    ? definition.value
    : undefined;
}

function readings(
  call: CallExpression,
  signature: LambdaSignature,
  program: PythonProgram,
): readonly LambdaReading[] {
  const read = argumentReader(call, program);
  const chosen = signature.convention(read);
  const isScript = program.language === "javascript";
  const convention = isScript ? chosen?.replace(/^keras-/, "tfjs-") : chosen;
  const implied = signature.implied === undefined ? {} : signature.implied(read);
  const { parameters = [] } = findConvention(convention ?? "") ?? {};
  const strengths = signature.arguments.map((argument) => {
    const own = parameters.find(({ name }) => name === argument.parameter)?.default ?? 0;
    return strengthOf(call, { default: own, ...argument }, program);
  });
  const isKnown = strengths.every((strength) => strength !== undefined);
  if (convention === undefined || implied === undefined || !isKnown) return [];
  const numbers = strengths.map(({ parameter, value }) => [parameter, value] as const);
  const values: Values = { ...implied, ...Object.fromEntries(numbers) };
  const known = signature.known?.(read) ?? {};
  return strengths.flatMap(({ parameter, argument, certainty, origin }) =>
    argument === undefined
      ? []
      : {
          convention,
          parameter,
          values,
          known,
          node: argument.value,
          nameSpan: argument.nameSpan,
          certainty,
          origin: origin ?? argument.value.span,
          call,
        },
  );
}

interface Strength {
  readonly parameter: string;
  readonly value: number;
  readonly certainty: LambdaReading["certainty"];
  readonly origin?: Span;
  /** `undefined` where the default holds. */
  readonly argument: Argument | undefined;
}

type Given = LambdaSignature["arguments"][number] & { readonly default: number };

/** `undefined` where the number is not known, or where a splat may bring it. */
function strengthOf(
  call: CallExpression,
  { names, position, parameter, default: absent }: Given,
  program: PythonProgram,
): Strength | undefined {
  const [argument] = names.flatMap((name) => argumentOf(call, name, position) ?? []);
  if (argument === undefined) {
    const isDefault = !hasSplat(call);
    return isDefault ? { parameter, value: absent, certainty: "constant", argument } : undefined;
  }
  const number = knownNumber(numberOf(argument.value, program));
  return (
    number && {
      parameter,
      value: number.value,
      certainty: number.kind,
      origin: number.origin,
      argument,
    }
  );
}

function argumentReader(call: CallExpression, program: PythonProgram): ArgumentReader {
  const scalarOf = (name: string, position: number | undefined) => {
    const argument = argumentOf(call, name, position);
    if (argument === undefined) return hasSplat(call) ? "unknown" : "absent";
    const value = knownValue(argument.value, program);
    return value?.kind === "scalar" ? value : "unknown";
  };
  return {
    number(name, position, absent) {
      const value = scalarOf(name, position);
      if (value === "absent") return absent;
      return value !== "unknown" && typeof value.value === "number" ? value.value : undefined;
    },
    text(name, position, absent) {
      const value = scalarOf(name, position);
      if (value === "absent") return absent;
      if (value === "unknown") return undefined;
      return typeof value.value === "string" || value.value === null ? value.value : undefined;
    },
  };
}
