import type {
  CallExpression,
  ClassStatement,
  Expression,
  FunctionStatement,
  Statement,
} from "../syntax/python/ast.ts";
import { statementsIn } from "../syntax/python/walk.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";
import { statementTree } from "./statement-tree.ts";
import type { TrainingValue } from "./training-term.ts";

export interface CalledFunction {
  readonly function: FunctionStatement;
  /** True where the first parameter is the object itself. */
  readonly isMethod: boolean;
}

/** The function of the document that a call runs; methods only of the caller's own object. */
export function calledFunction(
  { callee }: CallExpression,
  owner: ClassStatement | undefined,
  program: PythonProgram,
): CalledFunction | undefined {
  if (callee.kind === "name") {
    const definition = program.definition(callee);
    const target = definition?.kind === "defined" ? definition.statement : undefined;
    return target?.kind === "function" ? { function: target, isMethod: false } : undefined;
  }
  if (callee.kind !== "attribute" || callee.value.kind !== "name") return undefined;
  const isOwn = callee.value.id === "self";
  const method = isOwn
    ? methodsOf(owner?.body ?? []).find(({ name }) => name === callee.attribute)
    : onlyMethod(callee.attribute, program);
  const isStatic = method?.decorators.some(
    (node) => node.kind === "name" && node.id === "staticmethod",
  );
  return method && { function: method, isMethod: isStatic !== true };
}

const methodsOf = (body: readonly Statement[]) =>
  body.filter((statement) => statement.kind === "function");

/** `model.l2_penalty()`: the only method of that name in the document. */
function onlyMethod(name: string, program: PythonProgram): FunctionStatement | undefined {
  const methods = programIndex(program).methods.get(name) ?? [];
  return methods.length === 1 ? methods[0] : undefined;
}

/** Values of the arguments by the names of the parameters that take them. */
export function parameterValues(
  { function: target, isMethod }: CalledFunction,
  call: CallExpression,
  read: (node: Expression) => TrainingValue,
): ReadonlyMap<string, TrainingValue> {
  const values = new Map<string, TrainingValue>();
  const parameters = isMethod ? target.parameters.slice(1) : target.parameters;
  const takers = parameters.filter(({ splat }) => splat === "none");
  let position = 0;
  for (const argument of call.arguments) {
    if (argument.splat !== "none") break;
    const name = argument.name ?? takers[position]?.name;
    if (argument.name === undefined) position += 1;
    if (name !== undefined) values.set(name, read(argument.value));
  }
  return values;
}

interface Result {
  readonly statement: Statement;
  readonly value: Expression;
}

const results = new WeakMap<FunctionStatement, readonly Result[]>();

/** What a function returns, of each of its own `return` statements. */
export function resultsOf(target: FunctionStatement, program: PythonProgram): readonly Result[] {
  const known = results.get(target);
  if (known !== undefined) return known;
  const tree = statementTree(program);
  const found = [...statementsIn(target.body)].flatMap((statement) =>
    statement.kind === "return" &&
    statement.value !== undefined &&
    tree.scopeOf(statement) === target
      ? [{ statement, value: statement.value }]
      : [],
  );
  results.set(target, found);
  return found;
}
