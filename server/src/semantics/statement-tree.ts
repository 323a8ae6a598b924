import type { ClassStatement, FunctionStatement, Statement } from "../syntax/python/ast.ts";
import { blocksOf } from "../syntax/python/walk.ts";
import type { PythonProgram } from "./python-program.ts";

interface Place {
  readonly parent: Statement | undefined;
  /** Which of the parent's blocks the statement is in. */
  readonly block: number;
}

/** How the statements of a document are nested. */
export interface StatementTree {
  /** Statements around one, innermost first. */
  around(statement: Statement): readonly Statement[];
  /** The function or class whose body a statement belongs to; `undefined` at the top level. */
  scopeOf(statement: Statement): FunctionStatement | ClassStatement | undefined;
  /** True where a statement is a part of another one, or the same. */
  isIn(statement: Statement, outer: Statement): boolean;
  /** Which block of `outer` a statement is in. */
  blockIn(statement: Statement, outer: Statement): number | undefined;
}

const trees = new WeakMap<PythonProgram, StatementTree>();

export function statementTree(program: PythonProgram): StatementTree {
  const known = trees.get(program);
  if (known !== undefined) return known;
  const tree = treeOf(program.module.body);
  trees.set(program, tree);
  return tree;
}

function treeOf(body: readonly Statement[]): StatementTree {
  const places = new Map<Statement, Place>();
  const visit = (block: readonly Statement[], place: Place) => {
    for (const statement of block) {
      places.set(statement, place);
      blocksOf(statement).forEach((inner, index) => {
        visit(inner, { parent: statement, block: index });
      });
    }
  };
  visit(body, { parent: undefined, block: 0 });

  const parentOf = (statement: Statement) => places.get(statement)?.parent;
  const isIn = (statement: Statement, outer: Statement): boolean => {
    let at: Statement | undefined = statement;
    while (at !== undefined && at !== outer) at = parentOf(at);
    return at === outer;
  };
  const arounds = new Map<Statement, readonly Statement[]>();
  const around = (statement: Statement): readonly Statement[] => {
    const known = arounds.get(statement);
    if (known !== undefined) return known;
    const parent = parentOf(statement);
    const outer = parent === undefined ? [] : [parent, ...around(parent)];
    arounds.set(statement, outer);
    return outer;
  };
  return {
    around,
    isIn,
    scopeOf(statement) {
      let at = parentOf(statement);
      while (at !== undefined && !isScope(at)) at = parentOf(at);
      return at;
    },
    blockIn(statement, outer) {
      if (statement === outer) return undefined;
      let below = statement;
      for (let at = parentOf(below); at !== undefined && at !== outer; at = parentOf(below)) {
        below = at;
      }
      return parentOf(below) === outer ? places.get(below)?.block : undefined;
    },
  };
}

function isScope(statement: Statement): statement is FunctionStatement | ClassStatement {
  return statement.kind === "function" || statement.kind === "class";
}
