import type { AssignStatement, AugmentedAssignStatement, Statement } from "../syntax/python/ast.ts";
import { statementsIn } from "../syntax/python/walk.ts";
import { ownNames } from "./bound-names.ts";
import type { PythonProgram } from "./python-program.ts";
import { statementTree } from "./statement-tree.ts";
import type { Loop } from "./training-term.ts";

/** A statement that gives a name a value, seen from a later use. */
export interface NameEvent {
  /** `undefined` for loops' targets, imports and others whose value cannot be shown. */
  readonly statement: AssignStatement | AugmentedAssignStatement | undefined;
  /** True where the use may be reached without it. */
  readonly isConditional: boolean;
  /** Loops around it that the use is not in, innermost first. */
  readonly loops: readonly Loop[];
}

type Bindings = ReadonlyMap<Statement | undefined, ReadonlyMap<string, readonly Statement[]>>;
const bindings = new WeakMap<PythonProgram, Bindings>();

/** The last statement before `use` in its own function that may have bound `id`. */
export function lastEvent(
  id: string,
  use: Statement,
  program: PythonProgram,
): NameEvent | undefined {
  const tree = statementTree(program);
  const known = bindingsOf(program).get(tree.scopeOf(use))?.get(id) ?? [];
  for (let at = known.length - 1; at >= 0; at -= 1) {
    const binding = known[at];
    const isBefore = binding !== undefined && binding.span.start < use.span.start;
    // A statement that holds the use binds through its head: a loop's target.
    if (binding === undefined || !isBefore || isOtherBranch(binding, use, program)) continue;
    const outer = tree.around(binding).filter((around) => !tree.isIn(use, around));
    const isPlain =
      (binding.kind === "assign" && binding.targets.some(({ kind }) => kind === "name")) ||
      binding.kind === "augmented";
    return {
      statement: isPlain ? binding : undefined,
      // A condition inside of a loop chooses rounds; the loop itself is taken.
      isConditional: outer.slice(outermostLoop(outer) + 1).some(({ kind }) => kind === "if"),
      loops: outer.filter(
        (around): around is Loop => around.kind === "for" || around.kind === "while",
      ),
    };
  }
  return undefined;
}

const outermostLoop = (outer: readonly Statement[]): number =>
  outer.findLastIndex(({ kind }) => kind === "for" || kind === "while");

/** True where two statements stand in different branches of the same `if`. */
function isOtherBranch(a: Statement, b: Statement, program: PythonProgram): boolean {
  const tree = statementTree(program);
  return tree
    .around(a)
    .some(
      (around) =>
        around.kind === "if" &&
        tree.isIn(b, around) &&
        tree.blockIn(a, around) !== tree.blockIn(b, around),
    );
}

function bindingsOf(program: PythonProgram): Bindings {
  const known = bindings.get(program);
  if (known !== undefined) return known;
  const tree = statementTree(program);
  const found = new Map<Statement | undefined, Map<string, Statement[]>>();
  for (const statement of statementsIn(program.module.body)) {
    const scope = tree.scopeOf(statement);
    const names = found.get(scope) ?? new Map<string, Statement[]>();
    found.set(scope, names);
    for (const id of ownNames(statement)) {
      const list = names.get(id) ?? [];
      list.push(statement);
      names.set(id, list);
    }
  }
  bindings.set(program, found);
  return found;
}
