import type { Expression } from "../syntax/python/ast.ts";
import { binaryIr, dependsOn, type Ir, numberIr, unaryIr } from "./ir.ts";

/** One term of a sum: ± a product of factors over a product of divisors. */
export interface Addend {
  readonly sign: 1 | -1;
  readonly factors: readonly Ir[];
  readonly divisors: readonly Ir[];
  /** The largest expression that the user wrote for this term alone. */
  readonly written: Ir;
  /** Where `written` is a name, or a scaled name: what the name was given. */
  readonly definition: Expression | undefined;
}

/** A sum grows multiplicatively when products are distributed; past this it is left whole. */
const MOST_ADDENDS = 16;

/**
 * The terms of a sum, with products distributed over it: (a + b)/c gives a/c and b/c.
 *
 * A difference that mixes a side with `parameter` and one without it, such as a residual h(θ) − y,
 * is one thing and is not taken apart when it is multiplied. Without `parameter` every sum is.
 */
export function addendsOf(ir: Ir, parameter?: string): readonly Addend[] {
  if (ir.kind === "unary" && ir.operator === "negate") {
    return addendsOf(ir.operand, parameter).map(negated);
  }
  if (ir.kind !== "binary") return [single(ir)];
  switch (ir.operator) {
    case "+":
      return [...addendsOf(ir.left, parameter), ...addendsOf(ir.right, parameter)];
    case "-":
      return [
        ...addendsOf(ir.left, parameter),
        ...addendsOf(ir.right, parameter).map(negated),
      ];
    case "*":
      return product(ir, parts(ir.left, parameter), parts(ir.right, parameter));
    case "/":
      return product(ir, parts(ir.left, parameter), [inverse(single(ir.right))]);
    default:
      return [single(ir)];
  }
}

/** Value of an addend: its sign and all of its factors and divisors. */
export function addendValue(addend: Addend): Ir {
  const { sign, factors, divisors } = addend;
  const top = productOf(factors);
  const whole = divisors.length === 0 ? top : binaryIr("/", top, productOf(divisors));
  return sign === 1 ? whole : unaryIr("negate", whole);
}

/** Σ of addends; 0 for none. */
export function sumOf(addends: readonly Addend[]): Ir {
  return addends.map(addendValue).reduce((total, value) => binaryIr("+", total, value), numberIr(0));
}

/** Whether one side of a sum or difference depends on the symbol and the other does not. */
export function isMixedSum(ir: Ir, parameter: string): boolean {
  if (ir.kind !== "binary" || (ir.operator !== "+" && ir.operator !== "-")) return false;
  return dependsOn(ir.left, parameter) !== dependsOn(ir.right, parameter);
}

function productOf(factors: readonly Ir[]): Ir {
  const [first, ...rest] = factors;
  return rest.reduce((total, factor) => binaryIr("*", total, factor), first ?? numberIr(1));
}

function parts(ir: Ir, parameter: string | undefined): readonly Addend[] {
  const whole = ir.kind === "unary" && ir.operator === "negate" ? ir.operand : ir;
  return parameter !== undefined && isMixedSum(whole, parameter)
    ? [single(ir)]
    : addendsOf(ir, parameter);
}

function single(ir: Ir): Addend {
  return { sign: 1, factors: [ir], divisors: [], written: ir, definition: definitionOf(ir) };
}

function negated(addend: Addend): Addend {
  return { ...addend, sign: addend.sign === 1 ? -1 : 1 };
}

function inverse(addend: Addend): Addend {
  return { ...addend, factors: addend.divisors, divisors: addend.factors };
}

function product(whole: Ir, left: readonly Addend[], right: readonly Addend[]): readonly Addend[] {
  if (left.length * right.length > MOST_ADDENDS) return [single(whole)];
  const isWhole = left.length === 1 && right.length === 1;
  return left.flatMap((a) =>
    right.map((b): Addend => {
      const part = left.length > 1 ? a : b;
      return {
        sign: a.sign === b.sign ? 1 : -1,
        factors: [...a.factors, ...b.factors],
        divisors: [...a.divisors, ...b.divisors],
        written: isWhole ? whole : part.written,
        definition: isWhole
          ? (definitionOf(whole) ?? b.definition ?? a.definition)
          : part.definition,
      };
    }),
  );
}

/** Names of single values are not worth a look; those of expressions are. */
const definitionOf = (ir: Ir): Expression | undefined =>
  ir.weight > 1 ? ir.definedBy : undefined;
