import type { Statement } from "../syntax/python/ast.ts";
import type { Addend } from "./addends.ts";
import { isCount, isScalarSymbol } from "./assign-shapes.ts";
import { stepFrom } from "./hand-gradients.ts";
import type { BinaryIr, Ir, SymbolIr } from "./ir.ts";
import { structuralKey, symbolsReadBy } from "./ir-walk.ts";
import type { Assignment } from "./record-assignment.ts";
import type { Scope } from "./scopes.ts";

/** w ← sign(w)·max(|w| − t, 0) after a gradient step on w. */
export interface SoftThreshold {
  readonly name: string;
  readonly statement: Statement;
  readonly threshold: Ir;
  /** |w| − t. */
  readonly difference: BinaryIr;
  /** Whether what falls below zero is set to zero. */
  readonly isCut: boolean;
  /** The scalars that scale the whole gradient step before. */
  readonly rates: readonly SymbolIr[];
}

/** The soft thresholds of a scope that follow a gradient step on the same array. */
export function softThresholdsIn(scope: Scope): readonly SoftThreshold[] {
  return scope.assignments.flatMap((assignment, index) => {
    const { name, value, statement } = assignment;
    const found = formOf(value);
    if (found === undefined) return [];
    const step = stepBefore(assignment, found.operand, scope.assignments.slice(0, index));
    const rates = step === undefined ? [] : commonRates(step);
    if (rates.length === 0) return [];
    const { difference, isCut } = found;
    return [{ name, statement, threshold: difference.right, difference, isCut, rates }];
  });
}

interface Form {
  readonly operand: Ir;
  readonly difference: BinaryIr;
  readonly isCut: boolean;
}

function formOf(value: Ir): Form | undefined {
  if (value.kind !== "binary" || value.operator !== "*") return undefined;
  return withSign(value.left, value.right) ?? withSign(value.right, value.left);
}

function withSign(sign: Ir, size: Ir): Form | undefined {
  if (sign.kind !== "unary" || sign.operator !== "sign") return undefined;
  const inner = cutOperand(size);
  const difference = inner ?? size;
  if (difference.kind !== "binary" || difference.operator !== "-") return undefined;
  const { left } = difference;
  if (left.kind !== "unary" || left.operator !== "abs") return undefined;
  if (structuralKey(left.operand) !== structuralKey(sign.operand)) return undefined;
  return { operand: sign.operand, difference, isCut: inner !== undefined };
}

/** x of max(x, 0). */
function cutOperand(size: Ir): Ir | undefined {
  if (size.kind !== "binary" || size.operator !== "maximum") return undefined;
  const isZero = (ir: Ir): boolean => ir.kind === "number" && ir.value === 0;
  if (isZero(size.right)) return size.left;
  return isZero(size.left) ? size.right : undefined;
}

/** The gradient step that gives what is thresholded: inside of it, or the statement before. */
function stepBefore(
  { name, before }: Assignment,
  operand: Ir,
  earlier: readonly Assignment[],
): readonly Addend[] | undefined {
  if (operand.kind !== "symbol") {
    return before === undefined ? undefined : stepFrom(before, operand);
  }
  const last = earlier.findLast((assignment) => assignment.name === operand.name);
  if (last?.before === undefined || operand.name === "") return undefined;
  const isNear = operand.name === name || last.statement.kind === "assign";
  return isNear ? stepFrom(last.before, last.value) : undefined;
}

/** Scalars that are a factor of every term of a step. */
function commonRates(step: readonly Addend[]): readonly SymbolIr[] {
  const [first, ...rest] = step.map(({ factors }) =>
    factors.filter((factor) => factor.kind === "symbol"),
  );
  return (first ?? []).filter(
    (symbol) =>
      isScalarSymbol(symbol) &&
      !isCount(symbol) &&
      rest.every((factors) => factors.some(({ key }) => key === symbol.key)),
  );
}

const STRENGTH = /^(?:.*_)?(?:lam|lambda|lambd|lmbda|lmbd|alpha|reg\w*|l1\w*|penalty|c)_?\d?$/i;

/** Whether a threshold is λ, alone or over a count, without any of the rates. */
export function isBareStrength({ threshold, rates }: SoftThreshold): boolean {
  const symbols = [...symbolsReadBy(threshold).values()];
  const own = symbols.filter((symbol) => !isCount(symbol));
  const last = (name: string): string => name.slice(name.lastIndexOf(".") + 1);
  return (
    own.length > 0 &&
    own.every(({ name }) => STRENGTH.test(last(name))) &&
    !own.some(({ key }) => rates.some((rate) => rate.key === key))
  );
}
