import type { Expression, Statement } from "../syntax/python/ast.ts";
import { type Bindings, pathOf, withoutUse } from "./bindings.ts";
import { declaredShapeOf } from "./declared-shape.ts";
import { binaryIr, type Ir, putIr, type SymbolIr, symbolIr, unaryIr } from "./ir.ts";
import { addKeys, allSymbolsOf, dependsOn, structuralKey } from "./ir-walk.ts";
import { lowerExpression } from "./lower-expression.ts";
import { isFullSlice, sliceRange } from "./slice-range.ts";

/** One binding of a name, in the order of the source. */
export interface Assignment {
  readonly name: string;
  readonly value: Ir;
  /** The name's value before, when the new value was computed from it. */
  readonly before: SymbolIr | undefined;
  readonly target: Expression;
  readonly statement: Statement;
  /** Whether the value is that of one place of an array, not known which. */
  readonly isPlace?: boolean;
  /** Whether a later statement builds on it under the same name, as `g += …` does on `g = …`. */
  isExtendedLater: boolean;
}

export interface Return {
  readonly value: Ir;
  readonly statement: Statement;
}

/** What running a block tells, in order. */
export interface Trace {
  readonly assignments: Assignment[];
  readonly returns: Return[];
}

/** Longer values are not followed further. */
const MOST_NODES = 300;

/** Binds a target to a value and notes it in the trace. */
export function recordAssignment(
  target: Expression,
  value: Ir,
  statement: Statement,
  bindings: Bindings,
  trace: Trace,
): void {
  if (target.kind === "subscript") {
    assignPart(target, value, statement, bindings, trace);
    return;
  }
  const name = pathOf(target);
  if (name === undefined) return;
  const previous = bindings.has(name) ? bindings.current(name) : undefined;
  const before =
    previous?.kind === "symbol" && dependsOn(value, previous.key)
      ? withoutUse(previous)
      : undefined;
  if (previous !== undefined && before === undefined) markExtended(name, previous, value, trace);
  trace.assignments.push({ name, value, before, target, statement, isExtendedLater: false });
  bindings.bind(
    name,
    before === undefined ? named(name, value, bindings) : renewed(before, value, bindings),
  );
}

/** A later value under the same name that holds the earlier one makes the earlier one a part. */
function markExtended(name: string, previous: Ir, value: Ir, trace: Trace): void {
  if (previous.weight < 2 || value.weight <= previous.weight) return;
  const last = trace.assignments.findLast((assignment) => assignment.name === name);
  if (last !== undefined) last.isExtendedLater = true;
}

/** A parameter after its update: a new value of the same kind. */
function renewed(before: SymbolIr, value: Ir, bindings: Bindings): SymbolIr {
  const { name, declaredShape } = before;
  return symbolIr({ name, key: bindings.newKey(name), dependencies: keysIn(value), declaredShape });
}

/** What a name is bound to: a value made of nothing but fresh arrays becomes one, with the name. */
function named(name: string, value: Ir, bindings: Bindings): Ir {
  if (value.kind === "symbol") return value.name === "" ? { ...value, name } : value;
  // A λ that is set to a number is still the user's λ.
  if (value.kind === "number") {
    return symbolIr({ name, key: bindings.newKey(name), declaredShape: [] }, value.origin);
  }
  const isFresh = [...allSymbolsOf(value).values()].every((symbol) => symbol.name === "");
  const declaredShape = isFresh ? declaredShapeOf(value) : undefined;
  const isArray = declaredShape !== undefined && declaredShape.length > 0;
  return isArray || value.weight > MOST_NODES ? opaqueLike(value, name, bindings) : value;
}

/** `x[1:] = value` as a new value of `x`; other places make `x` unknown. */
function assignPart(
  target: Extract<Expression, { kind: "subscript" }>,
  value: Ir,
  statement: Statement,
  bindings: Bindings,
  trace: Trace,
): void {
  const name = pathOf(target.value);
  if (name === undefined) return;
  const base = bindings.read(name, undefined);
  const place = placeOf(target.indices, bindings);
  if (place === undefined) {
    const event = {
      name,
      value,
      before: undefined,
      target: target.value,
      statement,
      isPlace: true,
    };
    trace.assignments.push({ ...event, isExtendedLater: false });
    bindings.bind(name, opaqueLike(binaryIr("+", base, value), name, bindings));
    return;
  }
  const changed = place.isColumn
    ? transposed(afterPut(transposed(base), place, transposed(value), target))
    : afterPut(base, place, value, target);
  markExtended(name, base, changed, trace);
  const event = { name, value: changed, before: undefined, target: target.value, statement };
  trace.assignments.push({ ...event, isExtendedLater: false });
  bindings.bind(name, named(name, changed, bindings));
}

const transposed = (ir: Ir): Ir => unaryIr("transpose", ir);

interface Place {
  readonly start: number;
  readonly stop: number | undefined;
  readonly isColumn: boolean;
}

/** Rows `x[a:b]` and `x[a:b, :]`, or columns `x[:, a:b]`. */
function placeOf(indices: readonly Expression[], bindings: Bindings): Place | undefined {
  const [first, second, ...rest] = indices;
  if (first === undefined || rest.length > 0) return undefined;
  const isColumn = second !== undefined && isFullSlice(first);
  if (second !== undefined && !isColumn && !isFullSlice(second)) return undefined;
  const range = sliceRange(isColumn ? second : first, (part) => lowerExpression(part, bindings));
  return range && { ...range, isColumn };
}

/** `x[a:b] = x[a:b] + d` is x + (d there and 0 elsewhere), which keeps the terms of x apart. */
function afterPut(
  base: Ir,
  range: { readonly start: number; readonly stop: number | undefined },
  value: Ir,
  target: Expression,
): Ir {
  const isStep =
    value.kind === "binary" &&
    (value.operator === "+" || value.operator === "-") &&
    value.left.kind === "slice" &&
    value.left.start === range.start &&
    value.left.stop === range.stop &&
    structuralKey(value.left.operand) === structuralKey(base);
  if (!isStep) return putIr(base, { ...range, isZeroElsewhere: false }, value, target);
  const step = putIr(base, { ...range, isZeroElsewhere: true }, value.right, value.right.origin);
  return binaryIr(value.operator, base, step);
}

/** A value that is not looked into, computed from everything that `value` is made of. */
export function opaqueLike(value: Ir, name: string, bindings: Bindings): SymbolIr {
  return symbolIr(
    {
      name,
      key: bindings.newKey(name),
      dependencies: keysIn(value),
      declaredShape: declaredShapeOf(value),
    },
    value.origin,
  );
}

/** Keys of everything that a value was computed from. */
export function keysIn(ir: Ir): Set<string> {
  const keys = new Set<string>();
  addKeys(ir, keys);
  return keys;
}
