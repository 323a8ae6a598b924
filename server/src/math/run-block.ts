import type {
  AssignStatement,
  AugmentedAssignStatement,
  CallExpression,
  Expression,
  Statement,
} from "../syntax/python/ast.ts";
import { type Bindings, pathOf, withoutUse } from "./bindings.ts";
import { boundBy, inPlaceOperator, targetPaths } from "./bound-paths.ts";
import { declaredShapeOf } from "./declared-shape.ts";
import { arithmeticOperator, binaryIr, type Ir, sizeIr, symbolIr } from "./ir.ts";
import { lowerExpression } from "./lower-expression.ts";
import { keysIn, opaqueLike, recordAssignment, type Trace } from "./record-assignment.ts";

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
      if (statement.value.kind === "call")
        runMethodCall(statement.value, statement, bindings, trace);
      return;
    case "return":
      if (statement.value !== undefined) {
        trace.returns.push({ value: lowerExpression(statement.value, bindings), statement });
      }
      return;
    case "for":
    case "while": {
      const names = boundBy(statement);
      forget(names, bindings);
      runBlock(statement.body, bindings, trace);
      forget(names, bindings);
      runBlock(statement.otherwise, bindings, trace);
      return;
    }
    case "if":
      runBranches(statement, [statement.body, statement.otherwise], bindings, trace);
      return;
    case "with":
      for (const item of statement.items) {
        if (item.target !== undefined) forget(targetPaths(item.target), bindings);
      }
      runBlock(statement.body, bindings, trace);
      return;
    case "try":
      runBranches(statement, [statement.bodies.flat(), []], bindings, trace);
      return;
    case "other":
      runBranches(statement, [...statement.bodies, []], bindings, trace);
      return;
    default:
      return;
  }
}

function runBranches(
  whole: Statement,
  blocks: readonly (readonly Statement[])[],
  bindings: Bindings,
  trace: Trace,
): void {
  const paths = [...boundBy(whole)];
  const ends = blocks.map((block) => {
    let values: readonly Ir[] = [];
    bindings.branch(() => {
      runBlock(block, bindings, trace);
      values = paths.map(bindings.current);
    });
    return values;
  });
  for (const [index, path] of paths.entries()) {
    const [first, ...rest] = ends.map((values) => values[index]);
    const agree =
      first?.kind === "symbol" &&
      rest.every((value) => value?.kind === "symbol" && value.key === first.key);
    if (agree && first !== undefined) bindings.bind(path, withoutUse(first));
    else forget([path], bindings);
  }
}

/** Makes names unknown, keeping the shape that their definitions stated. */
function forget(paths: Iterable<string>, bindings: Bindings): void {
  for (const path of paths) {
    const declaredShape = bindings.has(path) ? declaredShapeOf(bindings.current(path)) : undefined;
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
      recordAssignment(target, lowerExpression(value, bindings), statement, bindings, trace);
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
  const shaped =
    value.kind === "attribute" && value.attribute === "shape" ? value.value : undefined;
  if (shaped === undefined && value.kind !== "tuple") {
    const dependencies = keysIn(lowerExpression(value, bindings));
    for (const target of targets) {
      recordAssignment(target, partOf(dependencies, target, bindings), statement, bindings, trace);
    }
    return;
  }
  const parts = targets.map((_, index): Ir => {
    if (shaped !== undefined) return sizeIr(lowerExpression(shaped, bindings), index);
    const element = value.kind === "tuple" ? value.elements[index] : undefined;
    return lowerExpression(element ?? value, bindings);
  });
  const isPairwise =
    shaped !== undefined || (value.kind === "tuple" && value.elements.length === targets.length);
  for (const [index, target] of targets.entries()) {
    const part = parts[index];
    if (part === undefined) continue;
    const given = isPairwise ? part : partOf(keysIn(part), target, bindings);
    recordAssignment(target, given, statement, bindings, trace);
  }
}

/** One of several values that were computed together, not known which of them. */
function partOf(dependencies: ReadonlySet<string>, target: Expression, bindings: Bindings): Ir {
  const name = pathOf(target) ?? "";
  return symbolIr({ name, key: bindings.newKey(name), dependencies });
}

function runAugmented(statement: AugmentedAssignStatement, bindings: Bindings, trace: Trace): void {
  const operator = arithmeticOperator(statement.operator);
  const right = lowerExpression(statement.value, bindings);
  const left = lowerExpression(statement.target, bindings);
  const value =
    operator === undefined
      ? opaqueLike(binaryIr("+", left, right), pathOf(statement.target) ?? "", bindings)
      : binaryIr(operator, left, right);
  recordAssignment(statement.target, value, statement, bindings, trace);
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
  const operator = inPlaceOperator(callee.attribute);
  if (operator === undefined || argument.name !== undefined) return;
  const scale = rest.find(({ name }) => name === "alpha")?.value;
  const value = lowerExpression(argument.value, bindings);
  const scaled =
    scale === undefined ? value : binaryIr("*", lowerExpression(scale, bindings), value);
  const result = binaryIr(operator, lowerExpression(callee.value, bindings), scaled);
  recordAssignment(callee.value, result, statement, bindings, trace);
}
