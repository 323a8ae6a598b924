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

/** `@` is NumPy's matmul; `dot` differs from it by taking scalars too. */
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
] as const;
export type BinaryOperator = (typeof BINARY_OPERATORS)[number];

export type Reduction = "sum" | "mean" | "max" | "min";

interface Node {
  /** What the user wrote for it; `undefined` for what the analysis made up. */
  readonly origin: Expression | undefined;
  /** Where `origin` is a use of a name: what the name was given. */
  readonly definedBy?: Expression | undefined;
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
  /** Keys of the symbols that the value was computed from; `self.*` stands for all below `self`. */
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
/** `x[start:stop]` on the first axis, or `x[index]` when `dropsAxis`. */
export interface SliceIr extends Node {
  readonly kind: "slice";
  readonly operand: Ir;
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
    dependencies: symbol.dependencies ?? new Set(),
    declaredShape: symbol.declaredShape,
    origin,
    weight: 1,
  };
}

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
  range: Pick<SliceIr, "start" | "stop" | "dropsAxis">,
  origin?: Origin,
): SliceIr {
  return { kind: "slice", operand, ...range, origin, weight: operand.weight + 1 };
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

/** The nodes directly below a node. */
export function childrenOf(ir: Ir): readonly Ir[] {
  switch (ir.kind) {
    case "number":
    case "symbol":
      return [];
    case "unary":
    case "reduce":
    case "norm":
    case "size":
    case "slice":
      return [ir.operand];
    case "binary":
      return [ir.left, ir.right];
    case "put":
      return [ir.base, ir.value];
  }
}

/** The nodes below a node whose values matter, not their shapes alone. */
export function readBy(ir: Ir): readonly Ir[] {
  if (ir.kind === "size") return [];
  return ir.kind === "put" && ir.isZeroElsewhere ? [ir.value] : childrenOf(ir);
}

/** The symbols of an expression by key, without those whose shape alone is used. */
export function symbolsReadBy(ir: Ir, into = new Map<string, SymbolIr>()): Map<string, SymbolIr> {
  if (ir.kind === "symbol") into.set(ir.key, ir);
  for (const child of readBy(ir)) symbolsReadBy(child, into);
  return into;
}

/** Every symbol of an expression by key: what an evaluation must be given. */
export function allSymbolsOf(ir: Ir, into = new Map<string, SymbolIr>()): Map<string, SymbolIr> {
  if (ir.kind === "symbol") into.set(ir.key, ir);
  for (const child of childrenOf(ir)) allSymbolsOf(child, into);
  return into;
}

/** Whether the value of `ir` changes with the symbol `key`, itself or inside an opaque value. */
export function dependsOn(ir: Ir, key: string): boolean {
  if (ir.kind === "symbol") return ir.key === key || isHiddenIn(ir, key);
  return readBy(ir).some((child) => dependsOn(child, key));
}

/** Whether `ir` holds a value that was computed from the symbol `key` in a way that is not known. */
export function hidesDependencyOn(ir: Ir, key: string): boolean {
  if (ir.kind === "symbol") return ir.key !== key && isHiddenIn(ir, key);
  return readBy(ir).some((child) => hidesDependencyOn(child, key));
}

function isHiddenIn({ dependencies }: SymbolIr, key: string): boolean {
  const dot = key.indexOf(".");
  return dependencies.has(key) || (dot > 0 && dependencies.has(`${key.slice(0, dot)}.*`));
}

/** The same text for expressions that are built the same way from the same symbols. */
export function structuralKey(ir: Ir): string {
  const below = (): string => childrenOf(ir).map(structuralKey).join(",");
  switch (ir.kind) {
    case "number":
      return String(ir.value);
    case "symbol":
      return ir.key;
    case "unary":
    case "binary":
      return `${ir.operator}(${below()})`;
    case "reduce":
      return `${ir.operation}[${ir.axis},${ir.keepsAxis}](${below()})`;
    case "norm":
      return `norm[${ir.order}](${below()})`;
    case "size":
      return `size[${ir.axis}](${below()})`;
    case "slice":
      return `slice[${ir.start},${ir.stop},${ir.dropsAxis}](${below()})`;
    case "put":
      return `put[${ir.start},${ir.stop},${ir.isZeroElsewhere}](${below()})`;
  }
}

/** `ir` with the symbols that `replacement` knows replaced; everything else stays shared. */
export function substitute(ir: Ir, replacement: (symbol: SymbolIr) => Ir | undefined): Ir {
  switch (ir.kind) {
    case "number":
      return ir;
    case "symbol":
      return replacement(ir) ?? ir;
    case "binary": {
      const left = substitute(ir.left, replacement);
      const right = substitute(ir.right, replacement);
      return left === ir.left && right === ir.right ? ir : { ...ir, left, right };
    }
    case "put": {
      const base = substitute(ir.base, replacement);
      const value = substitute(ir.value, replacement);
      return base === ir.base && value === ir.value ? ir : { ...ir, base, value };
    }
    default: {
      const operand = substitute(ir.operand, replacement);
      return operand === ir.operand ? ir : { ...ir, operand };
    }
  }
}
