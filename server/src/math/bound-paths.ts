import type { Expression, Statement } from "../syntax/python/ast.ts";
import { blocksOf } from "../syntax/python/walk.ts";
import { pathOf } from "./bindings.ts";
import type { BinaryOperator } from "./ir.ts";

/** PyTorch's methods that change their tensor in place, with the operation they do. */
const IN_PLACE: Readonly<Record<string, BinaryOperator>> = {
  add_: "+",
  sub_: "-",
  mul_: "*",
  div_: "/",
};

/** Operation of a method that changes its receiver; `undefined` for other methods. */
export const inPlaceOperator = (method: string): BinaryOperator | undefined =>
  Object.hasOwn(IN_PLACE, method) ? IN_PLACE[method] : undefined;

const NOTHING: ReadonlySet<string> = new Set();
const known = new WeakMap<Statement, ReadonlySet<string>>();

/** Paths that a block binds, those of nested functions excluded. */
export function boundIn(block: readonly Statement[]): Set<string> {
  const paths = new Set<string>();
  for (const statement of block) for (const path of boundBy(statement)) paths.add(path);
  return paths;
}

/** Paths that a statement and its blocks bind; none for a function or class. */
export function boundBy(statement: Statement): ReadonlySet<string> {
  if (statement.kind === "function" || statement.kind === "class") return NOTHING;
  const before = known.get(statement);
  if (before !== undefined) return before;
  const paths = new Set(targetsOf(statement).flatMap(targetPaths));
  for (const inner of blocksOf(statement)) for (const path of boundIn(inner)) paths.add(path);
  known.set(statement, paths);
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
        inPlaceOperator(value.callee.attribute) !== undefined;
      return isInPlace && value.callee.kind === "attribute" ? [value.callee.value] : [];
    }
    default:
      return [];
  }
}

/** Paths that a target of an assignment binds or changes. */
export function targetPaths(target: Expression): readonly string[] {
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
