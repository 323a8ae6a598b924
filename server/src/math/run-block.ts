import type {
  AssignStatement,
  AugmentedAssignStatement,
  CallExpression,
  Expression,
  Statement,
} from "../syntax/python/ast.ts";
import { blocksOf } from "../syntax/python/walk.ts";
import { type Bindings, pathOf } from "./bindings.ts";
import { declaredShapeOf } from "./declared-shape.ts";
import {
  allSymbolsOf,
  type BinaryOperator,
  binaryIr,
  dependsOn,
  type Ir,
  putIr,
  type SymbolIr,
  sizeIr,
  structuralKey,
  symbolIr,
} from "./ir.ts";
import { lowerExpression, sliceRange } from "./lower-expression.ts";

/** One binding of a name, in the order of the source. */
export interface Assignment {
  readonly name: string;
  readonly value: Ir;
  /** The name's value before, when the new value was computed from it. */
  readonly before: SymbolIr | undefined;
  readonly target: Expression;
  readonly statement: Statement;
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

const AUGMENTED: Readonly<Partial<Record<string, BinaryOperator>>> = {
  "+": "+",
  "-": "-",
  "*": "*",
  "/": "/",
  "**": "**",
  "@": "@",
};

/** PyTorch's methods that change their tensor in place, with the operation they do. */
const IN_PLACE: Readonly<Record<string, BinaryOperator>> = {
  add_: "+",
  sub_: "-",
  mul_: "*",
  div_: "/",
};

/**
 * Follows the values of names through a block, symbolically.
 *
 * Branches are followed one by one and disagreeing names are unknown after them; a loop's body is
 * followed once, for any iteration, so the names that it binds are unknown at its start.
 */
export function runBlock(block: readonly Statement[], bindings: Bindings, trace: Trace): void {
  for (const statement of block) runStatement(statement, bindings, trace);
}

function runStatement(statement: Statement, bindings: Bindings, trace: Trace): void {
  switch (statement.kind) {
    case "assign":
      runAssign(statement, bindings, trace);
      return;
    case "augmented":
      runAugmented(statement, bindings, trace);
      return;
    case "expression":
      if (statement.value.kind === "call") runMethodCall(statement.value, statement, bindings, trace);
      return;
    case "return":
      if (statement.value !== undefined) {
        trace.returns.push({ value: lowerExpression(statement.value, bindings), statement });
      }
      return;
    case "for":
    case "while": {
      const names = boundIn([statement]);
      forget(names, bindings);
      runBlock(statement.body, bindings, trace);
      forget(names, bindings);
      runBlock(statement.otherwise, bindings, trace);
      return;
    }
    case "if":
      runBranches([statement.body, statement.otherwise], bindings, trace);
      return;
    case "with":
      for (const item of statement.items) {
        if (item.target !== undefined) forget(targetPaths(item.target), bindings);
      }
      runBlock(statement.body, bindings, trace);
      return;
    case "try":
    case "other":
      runBranches([statement.bodies.flat(), []], bindings, trace);
      return;
    default:
      return;
  }
}

function runBranches(
  blocks: readonly (readonly Statement[])[],
  bindings: Bindings,
  trace: Trace,
): void {
  const ends = blocks.map((block) => {
    const branch = bindings.fork();
    runBlock(block, branch, trace);
    return branch;
  });
  for (const path of boundIn(blocks.flat())) {
    const [first, ...rest] = ends.map((end) => end.read(path, undefined));
    const agree =
      first?.kind === "symbol" &&
      rest.every((value) => value.kind === "symbol" && value.key === first.key);
    if (agree && first !== undefined) bindings.bind(path, first);
    else forget([path], bindings);
  }
}

/** Makes names unknown, keeping the shape that their definitions stated. */
function forget(paths: Iterable<string>, bindings: Bindings): void {
  for (const path of paths) {
    const declaredShape = bindings.has(path)
      ? declaredShapeOf(bindings.read(path, undefined))
      : undefined;
    bindings.bind(path, symbolIr({ name: path, key: bindings.newKey(path), declaredShape }));
  }
}

function runAssign(statement: AssignStatement, bindings: Bindings, trace: Trace): void {
  const { value, targets } = statement;
  if (value === undefined) return;
  for (const target of targets) {
    if (target.kind === "tuple" || target.kind === "list") {
      unpack(target.elements, value, statement, bindings, trace);
    } else {
      assign(target, lowerExpression(value, bindings), statement, bindings, trace);
    }
  }
}

function unpack(
  targets: readonly Expression[],
  value: Expression,
  statement: Statement,
  bindings: Bindings,
  trace: Trace,
): void {
  const values = targets.map((_, index): Ir => {
    if (value.kind === "attribute" && value.attribute === "shape") {
      return sizeIr(lowerExpression(value.value, bindings), index);
    }
    const element = value.kind === "tuple" ? value.elements[index] : undefined;
    return lowerExpression(element ?? value, bindings);
  });
  const isPairwise = value.kind === "tuple" && value.elements.length === targets.length;
  const isShape = value.kind === "attribute" && value.attribute === "shape";
  for (const [index, target] of targets.entries()) {
    const part = values[index];
    if (part === undefined) continue;
    if (isPairwise || isShape) assign(target, part, statement, bindings, trace);
    else assign(target, partOf(part, target, bindings), statement, bindings, trace);
  }
}

/** One of several values that come out of `whole`, not known which part of it. */
function partOf(whole: Ir, target: Expression, bindings: Bindings): Ir {
  const name = pathOf(target) ?? "";
  return symbolIr({ name, key: bindings.newKey(name), dependencies: keysIn(whole) });
}

function runAugmented(
  statement: AugmentedAssignStatement,
  bindings: Bindings,
  trace: Trace,
): void {
  const operator = AUGMENTED[statement.operator];
  const right = lowerExpression(statement.value, bindings);
  const left = lowerExpression(statement.target, bindings);
  const value =
    operator === undefined
      ? opaqueLike(binaryIr("+", left, right), pathOf(statement.target) ?? "", bindings)
      : binaryIr(operator, left, right);
  assign(statement.target, value, statement, bindings, trace);
}

/** `w.sub_(g)`, `w.add_(g, alpha=-lr)`, `losses.append(loss)`: assignments in the form of a call. */
function runMethodCall(
  call: CallExpression,
  statement: Statement,
  bindings: Bindings,
  trace: Trace,
): void {
  const { callee } = call;
  const [argument, ...rest] = call.arguments;
  if (callee.kind !== "attribute" || argument?.splat !== "none") return;
  if (callee.attribute === "append") {
    const value = lowerExpression(argument.value, bindings);
    const event = { name: pathOf(callee.value) ?? "", value, before: undefined };
    trace.assignments.push({ ...event, target: callee.value, statement, isExtendedLater: false });
    return;
  }
  const operator = Object.hasOwn(IN_PLACE, callee.attribute)
    ? IN_PLACE[callee.attribute]
    : undefined;
  if (operator === undefined || argument.name !== undefined) return;
  const scale = rest.find(({ name }) => name === "alpha")?.value;
  const value = lowerExpression(argument.value, bindings);
  const scaled =
    scale === undefined ? value : binaryIr("*", lowerExpression(scale, bindings), value);
  const result = binaryIr(operator, lowerExpression(callee.value, bindings), scaled);
  assign(callee.value, result, statement, bindings, trace);
}

function assign(
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
  const previous = bindings.has(name) ? bindings.read(name, undefined) : undefined;
  const before =
    previous?.kind === "symbol" && dependsOn(value, previous.key) ? previous : undefined;
  if (previous !== undefined && before === undefined) markExtended(name, previous, value, trace);
  trace.assignments.push({ name, value, before, target, statement, isExtendedLater: false });
  bindings.bind(name, before === undefined ? named(name, value, bindings) : renewed(before, value, bindings));
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
  const [index, ...rest] = target.indices;
  const base = bindings.read(name, undefined);
  const range = index && rest.length === 0 ? sliceRange(index, bindings) : undefined;
  if (range === undefined) {
    const event = { name, value, before: undefined, target: target.value, statement };
    trace.assignments.push({ ...event, isExtendedLater: false });
    bindings.bind(name, opaqueLike(binaryIr("+", base, value), name, bindings));
    return;
  }
  const changed = afterPut(base, range, value, target);
  markExtended(name, base, changed, trace);
  const event = { name, value: changed, before: undefined, target: target.value, statement };
  trace.assignments.push({ ...event, isExtendedLater: false });
  bindings.bind(name, named(name, changed, bindings));
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
function opaqueLike(value: Ir, name: string, bindings: Bindings): SymbolIr {
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

function keysIn(ir: Ir): Set<string> {
  const keys = new Set<string>();
  for (const symbol of allSymbolsOf(ir).values()) {
    keys.add(symbol.key);
    for (const key of symbol.dependencies) keys.add(key);
  }
  return keys;
}

/** Paths that a block binds, those of nested functions excluded. */
export function boundIn(block: readonly Statement[]): Set<string> {
  const paths = new Set<string>();
  for (const statement of block) {
    if (statement.kind === "function" || statement.kind === "class") continue;
    for (const target of targetsOf(statement)) {
      for (const path of targetPaths(target)) paths.add(path);
    }
    for (const inner of blocksOf(statement)) for (const path of boundIn(inner)) paths.add(path);
  }
  return paths;
}

function targetsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case "assign":
      return statement.targets;
    case "augmented":
    case "for":
      return [statement.target];
    case "with":
      return statement.items.flatMap(({ target }) => (target === undefined ? [] : [target]));
    case "expression": {
      const { value } = statement;
      const isInPlace =
        value.kind === "call" &&
        value.callee.kind === "attribute" &&
        Object.hasOwn(IN_PLACE, value.callee.attribute);
      return isInPlace && value.callee.kind === "attribute" ? [value.callee.value] : [];
    }
    default:
      return [];
  }
}

function targetPaths(target: Expression): readonly string[] {
  switch (target.kind) {
    case "tuple":
    case "list":
      return target.elements.flatMap(targetPaths);
    case "starred":
    case "subscript":
      return targetPaths(target.value);
    default: {
      const path = pathOf(target);
      return path === undefined ? [] : [path];
    }
  }
}
