import type { Span } from "../../../core/protocol/span.ts";
import type { CallSite } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import { byText } from "../syntax/by-text.ts";
import type { CodeText } from "../syntax/code-text.ts";
import type { CallExpression, CompareExpression, Expression } from "../syntax/python/ast.ts";

/** `|array| > threshold` or one of its relatives: a choice of entries by their size. */
export interface MagnitudeCondition {
  readonly array: Expression;
  readonly threshold: Expression;
  readonly comparison: CompareExpression;
  readonly operatorSpan: Span;
  /** The comparison operator that chooses the other entries. */
  readonly flippedOperator: "<" | ">" | "<=" | ">=";
  /** Entries for which the condition, with every inversion around it, holds. */
  readonly selects: "large" | "small";
  /** Name under which the condition was kept, when it was. */
  readonly name: string | undefined;
}

/** Names are followed to their definitions this often. */
const MOST_STEPS = 4;
const ABSOLUTE = new Set(["abs", "absolute", "fabs"]);

/** Whether a call is one of those that {@link absoluteOperand} may find. */
export const isAbsolute = ({ name, qualifiedName }: CallSite): boolean =>
  ABSOLUTE.has((qualifiedName ?? name ?? "").split(".").at(-1) ?? "");

/** Methods and functions that turn a mask into numbers and keep its meaning. */
const CASTS = new Set(["float", "int", "bool", "double", "half", "long", "astype", "type", "to"]);

/** The choice by size that an expression stands for; `undefined` for any other expression. */
export function magnitudeCondition(
  expression: Expression,
  program: PythonProgram,
  steps = MOST_STEPS,
): MagnitudeCondition | undefined {
  if (steps === 0) return undefined;
  if (expression.kind === "compare") return ofComparison(expression, program, steps);
  if (expression.kind === "name") {
    const value = definitionOf(expression, program);
    const found = value && magnitudeCondition(value, program, steps - 1);
    return found && { ...found, name: found.name ?? expression.id };
  }
  const inverted = invertedOperand(expression, program);
  if (inverted !== undefined) {
    const found = magnitudeCondition(inverted, program, steps - 1);
    return found && { ...found, selects: found.selects === "large" ? "small" : "large" };
  }
  const cast = castOperand(expression);
  return cast && magnitudeCondition(cast, program, steps - 1);
}

/** Operand of `abs` in any of its spellings, `abs(x)`, `np.abs(x)`, `x.abs()`, also under a name. */
export function absoluteOperand(
  expression: Expression,
  program: PythonProgram,
  steps = MOST_STEPS,
): Expression | undefined {
  if (expression.kind === "name" && steps > 0) {
    const value = definitionOf(expression, program);
    return value && absoluteOperand(value, program, steps - 1);
  }
  if (expression.kind !== "call") return undefined;
  return callOperand(expression, program, ABSOLUTE);
}

/** The one operand of a call of a function or method with one of these names. */
export function callOperand(
  call: CallExpression,
  program: PythonProgram,
  names: ReadonlySet<string>,
): Expression | undefined {
  const { callee } = call;
  const [argument, second] = call.arguments;
  const qualified = program.qualifiedName(callee);
  if (qualified !== undefined || callee.kind === "name") {
    const name = qualified?.split(".").at(-1) ?? (callee.kind === "name" ? callee.id : "");
    const isPlain = argument !== undefined && second === undefined && argument.splat === "none";
    return names.has(name) && isPlain ? argument.value : undefined;
  }
  if (callee.kind !== "attribute" || argument !== undefined) return undefined;
  return names.has(callee.attribute) ? callee.value : undefined;
}

function definitionOf(
  name: Extract<Expression, { kind: "name" }>,
  program: PythonProgram,
): Expression | undefined {
  const definition = program.definition(name);
  return definition?.kind === "assigned" ? definition.value : undefined;
}

function ofComparison(
  comparison: CompareExpression,
  program: PythonProgram,
  steps: number,
): MagnitudeCondition | undefined {
  const [only, ...others] = comparison.comparisons;
  if (only === undefined || others.length > 0) return undefined;
  const { operator, operatorSpan, right } = only;
  if (operator !== "<" && operator !== "<=" && operator !== ">" && operator !== ">=") {
    return undefined;
  }
  const left = absoluteOperand(comparison.left, program, steps);
  const array = left ?? absoluteOperand(right, program, steps);
  if (array === undefined) return undefined;
  const threshold = left === undefined ? comparison.left : right;
  const isGreater = operator.startsWith(">");
  const selects = isGreater === (left !== undefined) ? "large" : "small";
  return {
    array,
    threshold,
    comparison,
    operatorSpan,
    flippedOperator: flipped(operator, selects),
    selects,
    name: undefined,
  };
}

/**
 * The operator that swaps zeroed and kept entries.
 *
 * `|w| > t` and `|w| >= t` both become `|w| < t`: an entry at the threshold is kept. What keeps
 * small entries, `|w| < t`, becomes `|w| >= t`, and so keeps it, too.
 */
function flipped(
  operator: "<" | "<=" | ">" | ">=",
  selects: "large" | "small",
): MagnitudeCondition["flippedOperator"] {
  if (selects === "large") return operator.startsWith(">") ? "<" : ">";
  const isInclusive = operator.endsWith("=");
  if (operator.startsWith("<")) return isInclusive ? ">" : ">=";
  return isInclusive ? "<" : "<=";
}

function invertedOperand(expression: Expression, program: PythonProgram): Expression | undefined {
  if (
    expression.kind === "unary" &&
    (expression.operator === "~" || expression.operator === "not")
  ) {
    return expression.operand;
  }
  if (expression.kind === "binary" && expression.operator === "-") {
    const isOne = expression.left.kind === "number" && expression.left.value === 1;
    return isOne ? expression.right : undefined;
  }
  return expression.kind === "call"
    ? callOperand(expression, program, new Set(["logical_not"]))
    : undefined;
}

function castOperand(expression: Expression): Expression | undefined {
  if (expression.kind !== "call" || expression.callee.kind !== "attribute") return undefined;
  return CASTS.has(expression.callee.attribute) ? expression.callee.value : undefined;
}

const CALL = String.raw`\b(?:abs|absolute|fabs)\s*\(`;
/** `abs(w) > t`, `t < w.abs()`; the `>` of `->` compares nothing. */
const COMPARED = new RegExp(
  String.raw`${CALL}[^;]{0,200}?(?<!-)[<>]|(?<!-)[<>]=?[^\n<>]{0,120}?${CALL}`,
);
const NAMED = new RegExp(String.raw`(\w+)[ \t]*(?::[^=\n]*)?=[\s(]*[^=\n]*${CALL}`, "g");

/** Whether code may choose entries by their size, told without parsing it. */
export function mayChooseBySize(code: CodeText): boolean {
  const { parts } = code;
  // What a function gives may be compared behind it.
  const behind = (index: number) =>
    parts
      .slice(index + 1, index + 4)
      .join("")
      .slice(0, REACH);
  if (parts.some((text, index) => comparesSizes(text + behind(index), code))) return true;
  const names = [...new Set(parts.flatMap((text) => namesOfSizes(text, code)))];
  if (names.length === 0) return false;
  const compared = new RegExp(
    names
      .flatMap((name) => [String.raw`\b${name}\s*[<>]`, String.raw`[<>]=?[\s(]*${name}\b`])
      .join("|"),
  );
  return compared.test(code.text);
}

/** So far a comparison reaches behind what it begins with. */
const REACH = 240;
const comparesSizes = byText((text) => COMPARED.test(text));
const namesOfSizes = byText((text) => [...text.matchAll(NAMED)].map(([, name = ""]) => name));
