import type { Statement } from "../syntax/python/ast.ts";
import { blocksOf } from "../syntax/python/walk.ts";

/** A statement, and whether it may be run never or more than once. */
export interface PlacedStatement {
  readonly statement: Statement;
  readonly isSometimes: boolean;
}

const BRANCHES: ReadonlySet<Statement["kind"]> = new Set(["if", "for", "while", "try", "other"]);

/** The statements of a block and of those in it, in source order; those of inner functions are left out. */
export function statementsOf(
  block: readonly Statement[],
  isSometimes = false,
): readonly PlacedStatement[] {
  return block.flatMap((statement) => {
    const own = { statement, isSometimes };
    if (statement.kind === "function" || statement.kind === "class") return [own];
    const below = isSometimes || BRANCHES.has(statement.kind);
    return [own, ...blocksOf(statement).flatMap((inner) => statementsOf(inner, below))];
  });
}
