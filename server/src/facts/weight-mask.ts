import { pathOf } from "../math/bindings.ts";
import {
  callOperand,
  isAbsolute,
  type MagnitudeCondition,
  magnitudeCondition,
  mayChooseBySize,
} from "../math/magnitude-condition.ts";
import { isSameText } from "../math/same-text.ts";
import { programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { CallExpression, Expression, Statement } from "../syntax/python/ast.ts";
import { blocksOf, childExpressions, ownExpressions } from "../syntax/python/walk.ts";
import type { Extractor } from "./extractor.ts";

/** Entries of an array chosen by their size and replaced, in any of the usual spellings. */
export interface WeightMaskFact {
  readonly kind: "weightMask";
  readonly program: PythonProgram;
  /** What replaces them. */
  readonly statement: Statement;
  /** Names of the functions and classes around it, of the array and of what is assigned. */
  readonly names: readonly string[];
  readonly condition: MagnitudeCondition;
  /** Which entries get the new value. */
  readonly replaced: "large" | "small";
  /** `undefined` where they are multiplied by zero. */
  readonly value: Expression | undefined;
  readonly isZero: boolean;
  /** The whole `where(…)`, when that is how it is spelled and the other entries stay as they are. */
  readonly whereCall: CallExpression | undefined;
}

interface Surroundings {
  readonly program: PythonProgram;
  readonly text: string;
  readonly names: readonly string[];
}

interface Place extends Surroundings {
  readonly statement: Statement;
}

/** What the choice in a condition does to the chosen entries. */
type Effect = Pick<WeightMaskFact, "replaced" | "value" | "isZero" | "whereCall">;

const ZERO_MAKERS = new Set(["zeros_like", "tensor", "array", "as_tensor", "asarray"]);

export const weightMaskFacts: Extractor<WeightMaskFact> = {
  kind: "weightMask",
  languages: ["python"],
  pythonMentions: [["abs"], mayChooseBySize],
  extract(syntax, { text }) {
    if (syntax.language !== "python" || !/abs/.test(text)) return [];
    const { program } = syntax;
    if (!programIndex(program).calls.some(isAbsolute)) return [];
    const found: WeightMaskFact[] = [];
    inBlock(program.module.body, { program, text, names: [] }, found);
    return found.filter(({ condition }) => !isBroken(condition, program));
  },
};

/** Half-typed comparisons may mean anything. */
function isBroken({ comparison }: MagnitudeCondition, { module }: PythonProgram): boolean {
  const { start, end } = comparison.span;
  return module.errors.some((error) => error.start <= end && error.end >= start);
}

function inBlock(block: readonly Statement[], place: Surroundings, into: WeightMaskFact[]): void {
  for (const statement of block) {
    const isNamed = statement.kind === "function" || statement.kind === "class";
    const inside = isNamed ? { ...place, names: [...place.names, statement.name] } : place;
    inStatement(statement, place, into);
    for (const inner of blocksOf(statement)) inBlock(inner, inside, into);
  }
}

function inStatement(statement: Statement, place: Surroundings, into: WeightMaskFact[]): void {
  const { program, text } = place;
  const target = targetOf(statement);
  const names = target === undefined ? place.names : [...place.names, target];
  const named = { program, text, statement, names };
  into.push(
    ...byBranch(statement, named),
    ...byIndex(statement, named),
    ...byAugmented(statement, named),
  );
  const visit = (expression: Expression): void => {
    into.push(...byExpression(expression, named));
    for (const child of childExpressions(expression)) visit(child);
  };
  for (const root of ownExpressions(statement)) visit(root);
}

function targetOf(statement: Statement): string | undefined {
  if (statement.kind === "augmented") return pathOf(statement.target);
  const target = statement.kind === "assign" ? statement.targets[0] : undefined;
  return target && pathOf(target.kind === "subscript" ? target.value : target);
}

/** `if abs(w[i]) > t: w[i] = value`, or the same in the `else`. */
function byBranch(statement: Statement, place: Place): readonly WeightMaskFact[] {
  if (statement.kind !== "if") return [];
  const condition = magnitudeCondition(statement.test, place.program);
  if (condition === undefined) return [];
  return [statement.body, statement.otherwise].flatMap((block, index) => {
    const [only, ...others] = block;
    if (only?.kind !== "assign" || others.length > 0 || only.value === undefined) return [];
    const [target] = only.targets;
    if (target === undefined || !isSameText(target, condition.array, place.text)) return [];
    const replaced = index === 0 ? condition.selects : opposite(condition.selects);
    return fact(condition, { replaced, ...replacement(only.value, place.program) }, place);
  });
}

/** `w[abs(w) > t] = value`. */
function byIndex(statement: Statement, place: Place): readonly WeightMaskFact[] {
  if (statement.kind !== "assign" || statement.value === undefined) return [];
  const [target] = statement.targets;
  const [index, ...others] = target?.kind === "subscript" ? target.indices : [];
  if (target?.kind !== "subscript" || index === undefined || others.length > 0) return [];
  const condition = magnitudeCondition(index, place.program);
  if (condition === undefined || !isSameText(target.value, condition.array, place.text)) return [];
  const effect = { replaced: condition.selects, ...replacement(statement.value, place.program) };
  return fact(condition, effect, place);
}

/** `w *= abs(w) < t`. */
function byAugmented(statement: Statement, place: Place): readonly WeightMaskFact[] {
  if (statement.kind !== "augmented" || statement.operator !== "*") return [];
  return byProduct(statement.target, statement.value, place);
}

function byExpression(expression: Expression, place: Place): readonly WeightMaskFact[] {
  switch (expression.kind) {
    case "binary":
      return expression.operator === "*"
        ? [
            ...byProduct(expression.left, expression.right, place),
            ...byProduct(expression.right, expression.left, place),
          ]
        : [];
    case "conditional":
      return byChoice(expression.test, expression.then, expression.otherwise, undefined, place);
    case "call":
      return byWhere(expression, place) ?? byMethod(expression, place);
    default:
      return [];
  }
}

/** An array times a mask: the entries outside the mask become zero. */
function byProduct(array: Expression, mask: Expression, place: Place): readonly WeightMaskFact[] {
  const condition = magnitudeCondition(mask, place.program);
  if (condition === undefined || !isSameText(array, condition.array, place.text)) return [];
  return fact(condition, { replaced: opposite(condition.selects), ...ZEROED }, place);
}

/** `where(abs(w) > t, value, w)`. */
function byWhere(call: CallExpression, place: Place): readonly WeightMaskFact[] | undefined {
  if (place.program.qualifiedName(call.callee)?.endsWith(".where") !== true) return undefined;
  const [test, then, otherwise, ...others] = call.arguments.map(({ value }) => value);
  if (others.length > 0) return [];
  if (test === undefined || then === undefined || otherwise === undefined) return [];
  return byChoice(test, then, otherwise, call, place);
}

/** `w.mul_(mask)`, `w.masked_fill(abs(w) > t, value)`. */
function byMethod(call: CallExpression, place: Place): readonly WeightMaskFact[] {
  const { callee } = call;
  const mask = call.arguments[0]?.value;
  const value = call.arguments[1]?.value;
  if (callee.kind !== "attribute" || mask === undefined) return [];
  if (callee.attribute === "mul" || callee.attribute === "mul_") {
    return byProduct(callee.value, mask, place);
  }
  if (!callee.attribute.startsWith("masked_fill") || value === undefined) return [];
  const condition = magnitudeCondition(mask, place.program);
  if (condition === undefined || !isSameText(callee.value, condition.array, place.text)) return [];
  const effect = { replaced: condition.selects, ...replacement(value, place.program) };
  return fact(condition, effect, place);
}

/** One of two values by a condition, of which one is the array itself. */
function byChoice(
  test: Expression,
  then: Expression,
  otherwise: Expression,
  whereCall: CallExpression | undefined,
  place: Place,
): readonly WeightMaskFact[] {
  const condition = magnitudeCondition(test, place.program);
  if (condition === undefined) return [];
  const isArray = (expression: Expression) => isSameText(expression, condition.array, place.text);
  if (isArray(otherwise)) {
    const effect = { replaced: condition.selects, ...replacement(then, place.program), whereCall };
    return fact(condition, effect, place);
  }
  if (!isArray(then)) return [];
  const replaced = opposite(condition.selects);
  return fact(condition, { replaced, ...replacement(otherwise, place.program), whereCall }, place);
}

const opposite = (size: "large" | "small") => (size === "large" ? "small" : "large");

const ZEROED = { value: undefined, isZero: true, whereCall: undefined } as const;

function replacement(value: Expression, program: PythonProgram): Omit<Effect, "replaced"> {
  return { value, isZero: isZero(value, program), whereCall: undefined };
}

function isZero(value: Expression, program: PythonProgram): boolean {
  if (value.kind === "number") return value.value === 0;
  if (value.kind !== "call") return false;
  const operand = callOperand(value, program, ZERO_MAKERS);
  if (operand === undefined) return false;
  return (
    program.qualifiedName(value.callee)?.endsWith(".zeros_like") === true ||
    isZero(operand, program)
  );
}

function fact(
  condition: MagnitudeCondition,
  effect: Effect,
  place: Place,
): readonly WeightMaskFact[] {
  const array = pathOf(
    condition.array.kind === "subscript" ? condition.array.value : condition.array,
  );
  const names = [
    ...place.names,
    ...(condition.name === undefined ? [] : [condition.name]),
    ...(array === undefined ? [] : [array]),
  ];
  const { program, statement } = place;
  return [{ kind: "weightMask", program, statement, names, condition, ...effect }];
}
