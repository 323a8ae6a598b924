import type { Expression, Statement } from "../syntax/python/ast.ts";
import { blocksOf } from "../syntax/python/walk.ts";

/** Names in an assignment target: `a`, `(a, *b)`; none for `a.b` and `a[i]`. */
export function targetNames(target: Expression): string[] {
  switch (target.kind) {
    case "name":
      return [target.id];
    case "starred":
      return targetNames(target.value);
    case "tuple":
    case "list":
      return target.elements.flatMap(targetNames);
    default:
      return [];
  }
}

/** The names that a statement itself binds, without those of its blocks. */
export function ownNames(statement: Statement): string[] {
  switch (statement.kind) {
    case "assign":
      return statement.targets.flatMap(targetNames);
    case "augmented":
    case "for":
      return targetNames(statement.target);
    case "with":
      return statement.items.flatMap(({ target }) =>
        target === undefined ? [] : targetNames(target),
      );
    case "try":
    case "other":
      return statement.targets.map(({ id }) => id);
    case "function":
    case "class":
      return [statement.name];
    default:
      return [];
  }
}

/** Names that a block binds in its own scope, in order; a name may come up several times. */
export function boundNames(block: readonly Statement[]): string[] {
  return block.flatMap((statement) => [
    ...ownNames(statement),
    ...(statement.kind === "function" || statement.kind === "class"
      ? []
      : blocksOf(statement).flatMap(boundNames)),
  ]);
}
