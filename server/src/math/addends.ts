import type { Expression } from "../syntax/python/ast.ts";
import { isScalarSymbol } from "./assign-shapes.ts";
import {
  binaryIr,
  type Ir,
  numberIr,
  type PutIr,
  putIr,
  type UnaryOperator,
  unaryIr,
} from "./ir.ts";
import { dependsOn } from "./ir-walk.ts";

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
 * Moved sums, (a + b)ᵀ, and replaced parts are taken apart as well; where broadcasting joined the
 * terms of one, they may have no value alone, and nothing is judged.
 *
 * A difference that mixes a side with `parameter` and one without it, such as a residual h(θ) − y,
 * is one thing and is not taken apart when it is multiplied. Without `parameter` every sum is.
 */
export function addendsOf(ir: Ir, parameter?: string): readonly Addend[] {
  if (ir.kind === "unary" && ir.operator === "negate") {
    return addendsOf(ir.operand, parameter).map(negated);
  }
  if (ir.kind === "unary" && MOVES.has(ir.operator)) {
    return moved(ir, parts(ir.operand, parameter), (inside) => ({ ...ir, operand: inside }));
  }
  if (ir.kind === "reduce" && ir.operation === "mean" && ir.axis === undefined) {
    return moved(ir, parts(ir.operand, parameter), (inside) => ({ ...ir, operand: inside }));
  }
  if (ir.kind === "put") return ofPut(ir, parameter);
  if (ir.kind !== "binary") return [withoutCoefficients(ir)];
  switch (ir.operator) {
    case "+":
      return [...addendsOf(ir.left, parameter), ...addendsOf(ir.right, parameter)];
    case "-":
      return [...addendsOf(ir.left, parameter), ...addendsOf(ir.right, parameter).map(negated)];
    case "*":
      return product(ir, parts(ir.left, parameter), parts(ir.right, parameter));
    case "/":
      return product(ir, parts(ir.left, parameter), [inverse(single(ir.right))]);
    case "@":
    case "dot":
      return [withoutCoefficients(ir)];
    default:
      return [single(ir)];
  }
}

/** Operations that move entries and leave their values alone. */
const MOVES: ReadonlySet<UnaryOperator> = new Set(["transpose", "flatten", "column", "squeeze"]);

/** The terms of `ir`, which applies `rebuild` to a sum of terms: to each of them by itself. */
function moved(ir: Ir, terms: readonly Addend[], rebuild: (inside: Ir) => Ir): readonly Addend[] {
  if (terms.length < 2) return [withoutCoefficients(ir)];
  return terms.map((term) => movedTerm(term, rebuild));
}

function movedTerm(term: Addend, rebuild: (inside: Ir) => Ir): Addend {
  const { inner, outer } = takenApart(term);
  const inside = rebuild(addendValue({ ...term, sign: 1, ...inner }));
  return { ...term, factors: [...outer.factors, inside], divisors: outer.divisors };
}

/** A sum of which a part is replaced: its terms without that part, and what replaces it. */
function ofPut(ir: PutIr, parameter: string | undefined): readonly Addend[] {
  const terms = (whole: Ir) => parts(whole, parameter);
  const { base, start, stop, isZeroElsewhere } = ir;
  const range = { start, stop };
  const added = terms(ir.value)
    .filter(
      ({ factors }) => !factors.some((factor) => factor.kind === "number" && factor.value === 0),
    )
    .map((term) =>
      movedTerm(term, (inside) => putIr(base, { ...range, isZeroElsewhere: true }, inside)),
    );
  if (isZeroElsewhere) return added.length < 2 ? [withoutCoefficients(ir)] : added;
  const kept = terms(base);
  if (added.length === 0 && kept.length < 2) return [single(ir)];
  const cleared = kept.map((term) =>
    movedTerm(term, (inside) => putIr(inside, { ...range, isZeroElsewhere: false }, numberIr(0))),
  );
  return [...cleared, ...added];
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
  return addends
    .map(addendValue)
    .reduce((total, value) => binaryIr("+", total, value), numberIr(0));
}

/**
 * Whether one side of a sum or difference depends on the symbol and the other does not.
 *
 * Two sums over all entries, as the penalties of two layers are, stay two things.
 */
export function isMixedSum(ir: Ir, parameter: string): boolean {
  if (ir.kind !== "binary" || (ir.operator !== "+" && ir.operator !== "-")) return false;
  if (isTotal(ir.left) && isTotal(ir.right)) return false;
  return dependsOn(ir.left, parameter) !== dependsOn(ir.right, parameter);
}

function isTotal(ir: Ir): boolean {
  if (ir.kind === "reduce") return ir.axis === undefined;
  if (ir.kind === "unary") return isTotal(ir.operand);
  if (ir.kind !== "binary") return ir.kind === "norm";
  const isScaled = ir.operator === "*" && isCoefficient(ir.left) && isTotal(ir.right);
  return isScaled || (isTotal(ir.left) && (isTotal(ir.right) || isCoefficient(ir.right)));
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

/** Takes scalars out of linear operations: (c·A) @ b is c·(A @ b), Σ c·x is c·Σ x. */
function withoutCoefficients(ir: Ir): Addend {
  const operands = linearOperands(ir).map(splitCoefficients);
  if (operands.every(({ outside }) => outside === undefined)) return single(ir);
  const [first, second] = operands.map(({ inside }) => inside);
  const core = first && rebuilt(ir, first, second);
  if (core === undefined) return single(ir);
  const outside = operands.flatMap((operand) => operand.outside ?? []);
  const factors = outside.flatMap((addend) => addend.factors);
  return {
    ...single(ir),
    sign: outside.reduce<1 | -1>((sign, addend) => (addend.sign === sign ? 1 : -1), 1),
    factors: [...factors, { ...core, whole: ir }],
    divisors: outside.flatMap((addend) => addend.divisors),
  };
}

/** The operands in each of which the operation is linear. */
function linearOperands(ir: Ir): readonly Ir[] {
  switch (ir.kind) {
    case "binary":
      return [ir.left, ir.right];
    case "unary":
      return ir.operator === "transpose" ? [ir.operand] : [];
    case "reduce":
      return ir.operation === "sum" || ir.operation === "mean" ? [ir.operand] : [];
    case "put":
      return ir.isZeroElsewhere ? [ir.value] : [];
    default:
      return [];
  }
}

function rebuilt(ir: Ir, first: Ir, second: Ir | undefined): Ir | undefined {
  if (ir.kind === "binary") return second && { ...ir, left: first, right: second };
  if (ir.kind === "unary" || ir.kind === "reduce") return { ...ir, operand: first };
  return ir.kind === "put" ? { ...ir, value: first } : undefined;
}

/** A product as its scalar coefficients and the rest; all of it is the rest when none is left. */
function splitCoefficients(ir: Ir): { readonly inside: Ir; readonly outside?: Addend } {
  const [only, ...others] = addendsOf(ir);
  if (only === undefined || others.length > 0) return { inside: ir };
  const { inner, outer } = takenApart(only);
  const isPlain = outer.factors.length + outer.divisors.length === 0 && only.sign === 1;
  if (isPlain || inner.factors.length === 0) return { inside: ir };
  const inside = addendValue({ ...only, sign: 1, ...inner });
  return { inside, outside: { ...only, ...outer } };
}

function takenApart({ factors, divisors }: Addend) {
  const isOther = (ir: Ir): boolean => !isCoefficient(ir);
  return {
    inner: { factors: factors.filter(isOther), divisors: divisors.filter(isOther) },
    outer: { factors: factors.filter(isCoefficient), divisors: divisors.filter(isCoefficient) },
  };
}

/** Whether an expression is one number by its form: numbers, counts and scalar names alone. */
function isCoefficient(ir: Ir): boolean {
  switch (ir.kind) {
    case "number":
    case "size":
      return true;
    case "symbol":
      return isScalarSymbol(ir);
    case "binary":
      return ir.operator !== "@" && isCoefficient(ir.left) && isCoefficient(ir.right);
    case "unary":
      return ir.operator !== "column" && ir.operator !== "flatten" && isCoefficient(ir.operand);
    default:
      return false;
  }
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

/** Names of single values and of coefficients are not worth a look; those of expressions are. */
const definitionOf = (ir: Ir): Expression | undefined =>
  ir.weight > 1 && !isCoefficient(ir) ? ir.definedBy : undefined;
