/**
 * Array expressions as the numeric judge sees them: a small, framework-free tree of scalars,
 * vectors and matrices, lowered from Python.
 *
 * The tree is total: what cannot be lowered is a symbol that remembers what it was computed from.
 */
import type { Expression } from "../syntax/python/ast.ts";

export const UNARY_OPERATORS = [
  "negate",
  "abs",
  "sign",
  "exp",
  "log",
  "sqrt",
  "transpose",
  "flatten",
  "column",
  "squeeze",
] as const;
export type UnaryOperator = (typeof UNARY_OPERATORS)[number];

/**
 * `@` is NumPy's matmul; `dot` differs from it by taking scalars too. `==` gives 1 or 0, and `select`
 * the entries of its left side where its right side is 1: it has no shape of its own.
 */
export const BINARY_OPERATORS = [
  "+",
  "-",
  "*",
  "/",
  "**",
  "@",
  "dot",
  "maximum",
  "minimum",
  "==",
  "select",
] as const;
export type BinaryOperator = (typeof BINARY_OPERATORS)[number];

const ARITHMETIC: ReadonlyMap<string, BinaryOperator> = new Map(
  (["+", "-", "*", "/", "**", "@"] as const).map((sign) => [sign, sign]),
);

/** The operator that Python writes the same way; `undefined` for signs of another kind. */
export const arithmeticOperator = (sign: string): BinaryOperator | undefined =>
  ARITHMETIC.get(sign);

export type Reduction = "sum" | "mean" | "max" | "min";

interface Node {
  /** What the user wrote for it; `undefined` for what the analysis made up. */
  readonly origin: Expression | undefined;
  /** Where `origin` is a use of a name: what the name was given. */
  readonly definedBy?: Expression | undefined;
  /** What it was taken out of, when its coefficients were taken apart from it. */
  readonly whole?: Ir;
  /** Nodes in the tree, shared ones counted each time. */
  readonly weight: number;
}
export interface NumberIr extends Node {
  readonly kind: "number";
  readonly value: number;
}
/** A value that is not looked into: an input, or the result of something that cannot be lowered. */
export interface SymbolIr extends Node {
  readonly kind: "symbol";
  /** Dotted path as the code spells it; empty for a value that has no name. */
  readonly name: string;
  /** Equal keys are equal values. */
  readonly key: string;
  /** Keys of what the value was computed from; `self.*` is all below `self`, `*` is anything. */
  readonly dependencies: ReadonlySet<string>;
  /** Shape that its definition states; `undefined` entries are sizes that it does not. */
  readonly declaredShape: readonly (number | undefined)[] | undefined;
}
export interface UnaryIr extends Node {
  readonly kind: "unary";
  readonly operator: UnaryOperator;
  readonly operand: Ir;
}
export interface BinaryIr extends Node {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Ir;
  readonly right: Ir;
}
export interface ReduceIr extends Node {
  readonly kind: "reduce";
  readonly operation: Reduction;
  readonly operand: Ir;
  /** `undefined` reduces over everything; negative counts from the last axis. */
  readonly axis: number | undefined;
  readonly keepsAxis: boolean;
}
/** NumPy's `linalg.norm` with a stated order: a vector norm, which matrices do not have. */
export interface NormIr extends Node {
  readonly kind: "norm";
  readonly order: 1 | 2 | "infinity";
  readonly operand: Ir;
}
/** Length of an axis, or the number of entries. */
export interface SizeIr extends Node {
  readonly kind: "size";
  readonly operand: Ir;
  readonly axis: number | undefined;
}
/** `x[start:stop]` on an axis, or `x[index]` when `dropsAxis`; only matrices have axis 1. */
export interface SliceIr extends Node {
  readonly kind: "slice";
  readonly operand: Ir;
  readonly axis: 0 | 1;
  readonly start: number;
  readonly stop: number | undefined;
  readonly dropsAxis: boolean;
}
/** `base` after `base[start:stop] = value`, as a new value. */
export interface PutIr extends Node {
  readonly kind: "put";
  readonly base: Ir;
  /** Whether `base` gives the shape alone and the other entries are 0. */
  readonly isZeroElsewhere: boolean;
  readonly start: number;
  readonly stop: number | undefined;
  readonly value: Ir;
}

export type Ir =
  | NumberIr
  | SymbolIr
  | UnaryIr
  | BinaryIr
  | ReduceIr
  | NormIr
  | SizeIr
  | SliceIr
  | PutIr;

type Origin = Expression | undefined;

export function numberIr(value: number, origin?: Origin): NumberIr {
  return { kind: "number", value, origin, weight: 1 };
}

export function symbolIr(
  symbol: Pick<SymbolIr, "name" | "key"> &
    Partial<Pick<SymbolIr, "dependencies" | "declaredShape">>,
  origin?: Origin,
): SymbolIr {
  return {
    kind: "symbol",
    name: symbol.name,
    key: symbol.key,
    dependencies: bounded(symbol.dependencies ?? NOTHING),
    declaredShape: symbol.declaredShape,
    origin,
    weight: 1,
  };
}

const NOTHING: ReadonlySet<string> = new Set();
const ANYTHING: ReadonlySet<string> = new Set(["*"]);
/** What is computed from more than this is taken to be computed from anything. */
const MOST_DEPENDENCIES = 100;

const bounded = (dependencies: ReadonlySet<string>): ReadonlySet<string> =>
  dependencies.size > MOST_DEPENDENCIES || dependencies.has("*") ? ANYTHING : dependencies;

export function unaryIr(operator: UnaryOperator, operand: Ir, origin?: Origin): UnaryIr {
  return { kind: "unary", operator, operand, origin, weight: operand.weight + 1 };
}

export function binaryIr(operator: BinaryOperator, left: Ir, right: Ir, origin?: Origin): BinaryIr {
  const weight = left.weight + right.weight + 1;
  return { kind: "binary", operator, left, right, origin, weight };
}

export function reduceIr(
  operation: Reduction,
  operand: Ir,
  over: { readonly axis?: number | undefined; readonly keepsAxis?: boolean } = {},
  origin?: Origin,
): ReduceIr {
  return {
    kind: "reduce",
    operation,
    operand,
    axis: over.axis,
    keepsAxis: over.keepsAxis ?? false,
    origin,
    weight: operand.weight + 1,
  };
}

export function normIr(order: NormIr["order"], operand: Ir, origin?: Origin): NormIr {
  return { kind: "norm", order, operand, origin, weight: operand.weight + 1 };
}

export function sizeIr(operand: Ir, axis: number | undefined, origin?: Origin): SizeIr {
  return { kind: "size", operand, axis, origin, weight: operand.weight + 1 };
}

export function sliceIr(
  operand: Ir,
  range: Pick<SliceIr, "start" | "stop" | "dropsAxis"> & { readonly axis?: 0 | 1 },
  origin?: Origin,
): SliceIr {
  const { start, stop, dropsAxis, axis = 0 } = range;
  const weight = operand.weight + 1;
  return { kind: "slice", operand, axis, start, stop, dropsAxis, origin, weight };
}

export function putIr(
  base: Ir,
  range: Pick<PutIr, "start" | "stop" | "isZeroElsewhere">,
  value: Ir,
  origin?: Origin,
): PutIr {
  return { kind: "put", base, ...range, value, origin, weight: base.weight + value.weight + 1 };
}

/** ‖x‖₂² = Σ xᵢ². */
export function squaredNormIr(operand: Ir, origin?: Origin): Ir {
  return reduceIr("sum", binaryIr("**", operand, numberIr(2)), {}, origin);
}
