import type {
  CallExpression,
  ClassStatement,
  Expression,
  FunctionStatement,
  Statement,
} from "../syntax/python/ast.ts";
import { expressionsIn, statementsIn } from "../syntax/python/walk.ts";
import { calledFunction } from "./called-function.ts";
import { wordsOf } from "./identifier-words.ts";
import type { Definition, PythonProgram } from "./python-program.ts";
import { type SplitRole, splitRole } from "./split-role.ts";
import { statementTree } from "./statement-tree.ts";
import { storedValues } from "./stored-values.ts";

/** Data behind a number, and which part of all data it is. */
export interface ScoredData {
  readonly data: Expression;
  readonly role: SplitRole;
}

const COUNTING = new Set(["len", "range", "print", "iter", "next", "isinstance"]);

interface Search {
  readonly program: PythonProgram;
  readonly scope: FunctionStatement | ClassStatement | undefined;
  readonly seen: Set<string>;
  readonly found: ScoredData[];
}

/** The data that a score was computed on, in its function or in one of the document that it calls. */
export function scoredData(
  score: Expression,
  statement: Statement,
  program: PythonProgram,
): readonly ScoredData[] {
  const scope = statementTree(program).scopeOf(statement);
  const search: Search = { program, scope, seen: new Set(), found: [] };
  visit(score, search);
  return search.found;
}

function visit(node: Expression, search: Search): void {
  for (const part of expressionsIn(node)) {
    if (part.kind === "call") visitCall(part, search);
    if (part.kind === "name" && !search.seen.has(part.id)) {
      search.seen.add(part.id);
      visitName(part.id, search);
    }
  }
}

/** `evaluate(model, test_loader)`, or `evaluate()` that loops over a loader of the document. */
function visitCall(call: CallExpression, { program, scope, found }: Search): void {
  if (isOther(call, program)) return;
  const given = call.arguments.flatMap(({ value }) => {
    const role = isData(value) ? splitRole(value, program) : undefined;
    return role === undefined ? [] : [{ data: loaderOf(value, program), role }];
  });
  found.push(...given);
  if (given.length > 0) return;
  const owner = scope === undefined ? undefined : classAround(scope, program);
  const called = calledFunction(call, owner, program);
  if (called === undefined) return;
  for (const statement of statementsIn(called.function.body)) {
    if (statement.kind === "for") found.push(...roleOfLoop(statement.iterable, program));
  }
}

/** `len(train_loader)` counts, and `cross_val_score(…)` holds rows back by itself. */
function isOther({ callee }: CallExpression, program: PythonProgram): boolean {
  const name = program.qualifiedName(callee) ?? "";
  const isCount = callee.kind === "name" && COUNTING.has(callee.id);
  return isCount || name.startsWith("sklearn.model_selection.");
}

const MOVING = new Set(["to", "cuda", "cpu", "float", "long", "double"]);

/** The loader that a batch comes from, also where it has been moved to a device since. */
function loaderOf(value: Expression, program: PythonProgram): Expression {
  let at = value;
  for (let steps = 0; steps < 4; steps++) {
    const definition = at.kind === "name" ? program.definition(at) : undefined;
    if (definition?.kind === "iterated") return withoutCounting(definition.iterable);
    const given = valueGiven(definition);
    if (given?.kind !== "call" || given.callee.kind !== "attribute") return value;
    if (!MOVING.has(given.callee.attribute)) return value;
    at = given.callee.value;
  }
  return value;
}

function valueGiven(definition: Definition | undefined): Expression | undefined {
  if (definition?.kind === "assigned") return definition.value;
  if (definition?.kind !== "unpacked" || definition.value.kind !== "tuple") return undefined;
  return definition.value.elements[definition.index];
}

/** `loader` of `enumerate(loader)` and `tqdm(loader)`. */
function withoutCounting(iterable: Expression): Expression {
  if (iterable.kind !== "call" || iterable.callee.kind !== "name") return iterable;
  const isCounting = iterable.callee.id === "enumerate" || iterable.callee.id === "tqdm";
  return isCounting ? (iterable.arguments[0]?.value ?? iterable) : iterable;
}

/** A number is called after the data that it was computed on, but it is no data. */
function isData(node: Expression): boolean {
  const id = node.kind === "name" ? node.id : node.kind === "attribute" ? node.attribute : "";
  return !wordsOf(id).some((word) =>
    /^(?:loss|losses|acc|accuracy|score|scores|error|errors|metrics?|auc|f1|correct|total|epoch|step|results?)$/.test(
      word,
    ),
  );
}

function classAround(scope: FunctionStatement | ClassStatement, program: PythonProgram) {
  return statementTree(program)
    .around(scope)
    .find((outer): outer is ClassStatement => outer.kind === "class");
}

function roleOfLoop(iterable: Expression, program: PythonProgram): readonly ScoredData[] {
  const role = isData(iterable) ? splitRole(iterable, program) : undefined;
  return role === undefined ? [] : [{ data: withoutCounting(iterable), role }];
}

/** All that the function puts into a name, and the loops over data in which it does. */
function visitName(id: string, search: Search): void {
  const { program, scope, found } = search;
  const tree = statementTree(program);
  for (const { form, value, statement } of storedValues(id, program)) {
    if (form === "column" || tree.scopeOf(statement) !== scope) continue;
    if (form === "added") {
      for (const outer of tree.around(statement)) {
        if (outer.kind === "for") found.push(...roleOfLoop(outer.iterable, program));
      }
    }
    visit(value, search);
  }
}
