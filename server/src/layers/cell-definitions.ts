import type { PythonProgram } from "../semantics/python-program.ts";
import type { Statement } from "../syntax/python/ast.ts";
import { statementsOf } from "./statements-of.ts";

/**
 * The program of a notebook whose cells may have been run in any order: a name that several cells
 * bind has a definition that can be told only in a cell that binds it itself.
 */
export function withCells(
  program: PythonProgram,
  cellOf: (offset: number) => number,
): PythonProgram {
  const cells = new Map<string, Set<number>>();
  for (const { statement } of statementsOf(program.module.body)) {
    for (const id of boundBy(statement)) {
      const own = cells.get(id) ?? new Set();
      cells.set(id, own.add(cellOf(statement.span.start)));
    }
  }
  return {
    ...program,
    definition(name) {
      const found = program.definition(name);
      if (found?.kind !== "assigned" && found?.kind !== "defined") return found;
      const isHere = cellOf(found.statement.span.start) === cellOf(name.span.start);
      return isHere || (cells.get(name.id)?.size ?? 0) < 2 ? found : undefined;
    },
  };
}

function boundBy(statement: Statement): readonly string[] {
  if (statement.kind === "class" || statement.kind === "function") return [statement.name];
  if (statement.kind !== "assign") return [];
  return statement.targets.flatMap((target) => (target.kind === "name" ? [target.id] : []));
}
