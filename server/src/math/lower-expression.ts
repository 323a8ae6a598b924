import type {
  AttributeExpression,
  CallExpression,
  CompareExpression,
  Expression,
} from "../syntax/python/ast.ts";
import { childExpressions } from "../syntax/python/walk.ts";
import { type Bindings, pathOf } from "./bindings.ts";
import { shapeMadeBy } from "./declared-shape.ts";
import {
  arithmeticOperator,
  binaryIr,
  type Ir,
  numberIr,
  sizeIr,
  squaredNormIr,
  symbolIr,
  unaryIr,
} from "./ir.ts";
import { addKeys, structuralKey } from "./ir-walk.ts";
import { hasMeaning, isStatistic, libraryName, libraryValue } from "./library-functions.ts";
import { lowerSubscript } from "./lower-subscript.ts";
import type { LoweredCall } from "./lowered-call.ts";

/** Longer expressions are taken as values that are not looked into. */
const MOST_NODES = 300;

const BUILTINS: ReadonlySet<string> = new Set(["abs", "sum", "len", "pow", "float", "max", "min"]);

/** Meaning of an expression at this point of the program. Total: the unknown is a symbol. */
export function lowerExpression(expression: Expression, bindings: Bindings): Ir {
  const lowered = lowerKnown(expression, bindings);
  return lowered === undefined || lowered.weight > MOST_NODES
    ? opaque(expression, bindings)
    : lowered;
}

function lowerKnown(expression: Expression, bindings: Bindings): Ir | undefined {
  switch (expression.kind) {
    case "number":
      return numberIr(expression.value, expression);
    case "constant":
      return typeof expression.value === "boolean"
        ? numberIr(Number(expression.value), expression)
        : undefined;
    case "name":
      return bindings.read(expression.id, expression);
    case "named":
      return lowerExpression(expression.value, bindings);
    case "unary":
      if (expression.operator === "+") return lowerExpression(expression.operand, bindings);
      return expression.operator === "-"
        ? unaryIr("negate", lowerExpression(expression.operand, bindings), expression)
        : undefined;
    case "binary": {
      const operator = arithmeticOperator(expression.operator);
      if (operator === undefined) return undefined;
      const left = lowerExpression(expression.left, bindings);
      return binaryIr(operator, left, lowerExpression(expression.right, bindings), expression);
    }
    case "compare":
      return lowerComparison(expression, bindings);
    case "attribute":
      return lowerAttribute(expression, bindings);
    case "subscript":
      return lowerSubscript(expression, (part) => lowerExpression(part, bindings));
    case "call":
      return lowerCall(expression, bindings);
    default:
      return undefined;
  }
}

/** `y == 1`: what chooses the samples of a class. */
function lowerComparison(expression: CompareExpression, bindings: Bindings): Ir | undefined {
  const [only, ...others] = expression.comparisons;
  if (only?.operator !== "==" || others.length > 0) return undefined;
  const right = lowerExpression(only.right, bindings);
  if (right.kind !== "number") return undefined;
  return binaryIr("==", lowerExpression(expression.left, bindings), right, expression);
}

function lowerAttribute(expression: AttributeExpression, bindings: Bindings): Ir | undefined {
  const qualified = bindings.program.qualifiedName(expression);
  if (qualified !== undefined) {
    if (/\.(?:inf|infty|Inf)$/.test(qualified)) return numberIr(Number.POSITIVE_INFINITY);
    return symbolIr({ name: "", key: qualified, declaredShape: [] }, expression);
  }
  switch (expression.attribute) {
    case "T":
    case "mT":
      return unaryIr("transpose", lowerExpression(expression.value, bindings), expression);
    case "data":
      return { ...lowerExpression(expression.value, bindings), origin: expression };
    case "size":
      return sizeIr(lowerExpression(expression.value, bindings), undefined, expression);
    default: {
      const path = pathOf(expression);
      return path === undefined ? undefined : bindings.read(path, expression);
    }
  }
}

function lowerCall(expression: CallExpression, bindings: Bindings): Ir | undefined {
  const { callee } = expression;
  const qualified = bindings.program.qualifiedName(callee) ?? builtinName(expression, bindings);
  if (qualified !== undefined) {
    const name = libraryName(qualified);
    return name === undefined
      ? lowerByName(expression, bindings)
      : lowerLibraryCall(name, expression, bindings);
  }
  const inlined = bindings.inline(expression, bindings);
  if (inlined !== undefined) return { ...inlined, origin: expression };
  const named = lowerByName(expression, bindings) ?? lowerPenaltyObject(expression, bindings);
  if (named !== undefined) return named;
  // `self` is an object and no array, so its methods are its own.
  if (callee.kind !== "attribute" || pathOf(callee.value) === "self") return undefined;
  if (!hasMeaning(callee.attribute)) return undefined;
  const receiver = lowerExpression(callee.value, bindings);
  const call = argumentsOf(expression, bindings, [receiver]);
  return call && (libraryValue(callee.attribute, call) ?? statistic(callee.attribute, call));
}

/** A sigmoid that is defined elsewhere is what its name says. */
function lowerByName(expression: CallExpression, bindings: Bindings): Ir | undefined {
  const { callee } = expression;
  const name = callee.kind === "attribute" ? callee.attribute : pathOf(callee);
  if (!/^_*(?:sigmoid|logistic)(?:_?(?:function|fn))?$/i.test(name ?? "")) return undefined;
  const call = argumentsOf(expression, bindings, []);
  return call && libraryValue("sigmoid", call);
}

/**
 * `penalty(w)` beside `penalty.grad(w)`, whatever the penalty: any function and its own gradient
 * serve to compare what they are multiplied by, so they are read as s·‖w‖²/2 and s·w.
 */
function lowerPenaltyObject(expression: CallExpression, bindings: Bindings): Ir | undefined {
  const { callee } = expression;
  const isGradient = callee.kind === "attribute" && /^grad(?:ient)?$/.test(callee.attribute);
  const path = pathOf(isGradient && callee.kind === "attribute" ? callee.value : callee);
  if (path === undefined || !/(?:^|[._])(?:regulari[sz]\w*|penalty)$/.test(path)) return undefined;
  const [weights, ...others] = argumentsOf(expression, bindings, [])?.arguments ?? [];
  if (weights?.kind !== "symbol" || others.length > 0) return undefined;
  const strength = symbolIr({ name: path, key: `${path}()`, declaredShape: [] });
  if (isGradient) return binaryIr("*", strength, weights, expression);
  const half = binaryIr("/", squaredNormIr(weights), numberIr(2));
  return binaryIr("*", strength, half, expression);
}

function builtinName(call: CallExpression, bindings: Bindings): string | undefined {
  const { callee } = call;
  if (callee.kind !== "name" || !BUILTINS.has(callee.id) || bindings.has(callee.id)) {
    return undefined;
  }
  if (call.arguments.some(({ value }) => value.kind === "comprehension")) return undefined;
  return bindings.program.definition(callee) === undefined ? `builtins.${callee.id}` : undefined;
}

function lowerLibraryCall(
  name: string,
  expression: CallExpression,
  bindings: Bindings,
): Ir | undefined {
  const made = shapeMadeBy(name, expression);
  if (made !== undefined) {
    const key = `${name}@${expression.span.start}`;
    return symbolIr({ name: "", key, declaredShape: made }, expression);
  }
  const call = hasMeaning(name) ? argumentsOf(expression, bindings, []) : undefined;
  if (call === undefined) return undefined;
  // Python's own `sum` adds along the first axis.
  if (bindings.program.qualifiedName(expression.callee) === undefined && name === "sum") {
    return libraryValue("sum", { ...call, keywords: new Map([["axis", numberIr(0)]]) });
  }
  return libraryValue(name, call) ?? statistic(name, call);
}

/** A summary such as a standard deviation: not looked into, but equal for equal arrays. */
function statistic(name: string, call: LoweredCall): Ir | undefined {
  if (!isStatistic(name, call)) return undefined;
  const keywords = [...call.keywords].map(
    ([keyword, value]) => `${keyword}=${structuralKey(value)}`,
  );
  const key = `${name}(${[...call.arguments.map(structuralKey), ...keywords].join(",")})`;
  const dependencies = new Set<string>();
  for (const argument of call.arguments) addKeys(argument, dependencies);
  return symbolIr({ name: "", key, dependencies, declaredShape: [] }, call.origin);
}

function argumentsOf(
  expression: CallExpression,
  bindings: Bindings,
  receiver: readonly Ir[],
): LoweredCall | undefined {
  if (expression.arguments.some(({ splat }) => splat !== "none")) return undefined;
  const values = [...receiver];
  const keywords = new Map<string, Ir>();
  for (const argument of expression.arguments) {
    const value = lowerExpression(argument.value, bindings);
    if (argument.name === undefined) values.push(value);
    else keywords.set(argument.name, value);
  }
  return { arguments: values, keywords, origin: expression };
}

/** A value that is not looked into, with everything that its expression reads. */
function opaque(expression: Expression, bindings: Bindings): Ir {
  const dependencies = new Set<string>();
  collect(expression, bindings, dependencies);
  return symbolIr({ name: "", key: bindings.newKey(""), dependencies }, expression);
}

function collect(expression: Expression, bindings: Bindings, into: Set<string>): void {
  const path = pathOf(expression);
  if (path !== undefined) {
    if (bindings.program.qualifiedName(expression) !== undefined) return;
    addKeys(bindings.current(path), into);
    into.add(`${path}.*`);
    for (const name of bindings.namesReadBy(path)) {
      addKeys(bindings.current(name), into);
    }
    return;
  }
  if (expression.kind === "call" && expression.callee.kind === "attribute") {
    const receiver = pathOf(expression.callee.value);
    if (receiver !== undefined) into.add(`${receiver}.*`);
  }
  for (const child of childExpressions(expression)) collect(child, bindings, into);
}
