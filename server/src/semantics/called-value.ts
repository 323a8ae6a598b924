import type {
  BinaryExpression,
  BinaryOperator,
  CallExpression,
  ClassStatement,
  Expression,
  FunctionStatement,
  Statement,
} from "../syntax/python/ast.ts";
import { calledFunction, parameterValues, resultsOf } from "./called-function.ts";
import { lossCall } from "./loss-calls.ts";
import { lastName } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";
import { CALL, type Reading, withoutParameters } from "./reading.ts";
import { statementTree } from "./statement-tree.ts";
import { applyOperation } from "./tensor-application.ts";
import { operationCall } from "./tensor-operations.ts";
import { isModelName, isParametersName, isWeightName, normInName } from "./training-names.ts";
import {
  isKnown,
  namedPenalty,
  type TrainingValue,
  termValue,
  unknownValue,
} from "./training-term.ts";
import { weightsCall } from "./weight-sources.ts";

/** What a call gives: an operation, a function of the document, or what its name says. */
export function valueOfCall(call: CallExpression, reading: Reading): TrainingValue {
  const { program, statement } = reading;
  const weights = weightsCall(call, program);
  if (weights !== undefined) return weights;
  const arithmetic = arithmeticCall(call, program);
  if (arithmetic !== undefined) return reading.read(arithmetic, reading);
  const kept = tidied(call, reading);
  if (kept !== undefined) return kept;
  const operation = operationCall(call, program);
  if (operation !== undefined) {
    const value = applyOperation(operation, reading);
    if (value !== undefined) return value;
  }
  const owner = ownerOf(statement, program);
  const followed = valueOfLocalCall(call, owner, reading);
  if (followed !== undefined && isKnown(followed)) return followed;
  const data = lossCall(call, owner, program);
  if (data !== undefined) {
    return termValue(call, { kind: "data", reduction: data.reduction }, statement);
  }
  return valueOfNamedCall(call, reading) ?? unknownValue(call, statement);
}

const OPERATORS = new Map<string, BinaryOperator>([
  ["multiply", "*"],
  ["mul", "*"],
  ["scalar_mul", "*"],
  ["add", "+"],
  ["subtract", "-"],
  ["sub", "-"],
  ["divide", "/"],
  ["div", "/"],
  ["true_divide", "/"],
]);

/** `tf.multiply(a, b)` and `a.mul(b)` as `a * b`. */
function arithmeticCall(
  call: CallExpression,
  program: PythonProgram,
): BinaryExpression | undefined {
  const { callee, span } = call;
  const operator = callee.kind === "attribute" ? OPERATORS.get(callee.attribute) : undefined;
  if (callee.kind !== "attribute" || operator === undefined) return undefined;
  if (call.arguments.some(({ name, splat }) => name || splat !== "none")) return undefined;
  const isLibrary = program.qualifiedName(callee) !== undefined;
  const values = call.arguments.map(({ value }) => value);
  const [left, right, ...others] = isLibrary ? values : [callee.value, ...values];
  if (left === undefined || right === undefined || others.length > 0) return undefined;
  return { kind: "binary", operator, operatorSpan: callee.attributeSpan, left, right, span };
}

/** `tf.tidy(() => …)` of TensorFlow.js gives what its function gives. */
function tidied(call: CallExpression, reading: Reading): TrainingValue | undefined {
  if (reading.program.qualifiedName(call.callee) !== "tensorflow.tidy") return undefined;
  const run = call.arguments.at(-1)?.value;
  if (run?.kind === "lambda") return reading.read(run.body, reading);
  if (run === undefined) return undefined;
  return valueOfLocalCall({ ...call, callee: run, arguments: [] }, undefined, reading);
}

function ownerOf(
  statement: Statement | undefined,
  program: PythonProgram,
): ClassStatement | undefined {
  if (statement === undefined) return undefined;
  return statementTree(program)
    .around(statement)
    .find((around): around is ClassStatement => around.kind === "class");
}

function valueOfLocalCall(
  call: CallExpression,
  owner: ClassStatement | undefined,
  reading: Reading,
): TrainingValue | undefined {
  const { program } = reading;
  const target = calledFunction(call, owner, program);
  if (target === undefined || reading.fuel <= CALL) return undefined;
  const parameters = parameterValues(target, call, (node) => reading.read(node, reading));
  if (![...parameters.values()].some(isKnown)) {
    // What the call gives tells nothing: the function is read once for all such calls.
    return resultOf(target.function, { ...withoutParameters(reading), fuel: reading.fuel - CALL });
  }
  const fuel = reading.fuel - CALL;
  return resultOf(target.function, { ...reading, parameters, fuel, cache: new Map() });
}

/** The result of a function for the parameters of a reading. */
function resultOf(target: FunctionStatement, reading: Reading): TrainingValue | undefined {
  const results = resultsOf(target, reading.program).flatMap(({ statement, value }) => {
    const result = reading.read(value, { ...reading, statement });
    return isKnown(result) ? [result] : [];
  });
  const [only, ...others] = results;
  return others.length === 0 ? only : undefined;
}

/** `l2(net)` and `net.l2_penalty()`, which nothing in the document computes. */
function valueOfNamedCall(call: CallExpression, { statement }: Reading): TrainingValue | undefined {
  const name = lastName(call.callee) ?? "";
  const norm = /^[A-Z]/.test(name)
    ? undefined
    : normInName(name.replace(/^(?:get|compute|calc|calculate)_/, ""));
  if (norm === undefined) return undefined;
  const [first, ...others] = call.arguments;
  const receiver = call.callee.kind === "attribute" ? call.callee.value : undefined;
  const isOfModel = (node: Expression | undefined) => {
    const id = node === undefined ? "" : (lastName(node) ?? "");
    return isModelName(id) || isWeightName(id) || isParametersName(id);
  };
  const takesModel = first !== undefined && others.length < 2 && isOfModel(first.value);
  const isMethod = first === undefined && isOfModel(receiver);
  return takesModel || isMethod ? namedPenalty(call, norm, statement) : undefined;
}
