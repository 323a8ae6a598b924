import type { PythonProgram } from "../semantics/python-program.ts";
import type {
  CallExpression,
  ClassStatement,
  Expression,
  FunctionStatement,
  Statement,
} from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions, statementsIn } from "../syntax/python/walk.ts";
import { type Bindings, createBindings, pathOf } from "./bindings.ts";
import type { Ir } from "./ir.ts";
import { lowerExpression } from "./lower-expression.ts";
import { boundIn, runBlock, type Trace } from "./run-block.ts";

/** A module or function body with the values of its names. */
export interface Scope extends Trace {
  /** Name of the function; `undefined` for the module itself. */
  readonly function: FunctionStatement | undefined;
}

/** Calls are replaced by the callee's result this deep. */
const DEEPEST_INLINING = 3;
/** Longer functions are not replaced by their result. */
const MOST_STATEMENTS = 12;

const cache = new WeakMap<PythonProgram, readonly Scope[]>();

/**
 * The scopes of a document, each followed symbolically once.
 *
 * The result is kept for as long as the program is, so several extractors share the work.
 */
export function scopesOf(program: PythonProgram): readonly Scope[] {
  const known = cache.get(program);
  if (known !== undefined) return known;
  const scopes = [...runScopes(program)];
  cache.set(program, scopes);
  return scopes;
}

function* runScopes(program: PythonProgram): Generator<Scope> {
  const { body } = program.module;
  const functions = new Map<string, FunctionStatement>();
  for (const statement of body) {
    if (statement.kind === "function") functions.set(statement.name, statement);
  }
  const methods = new Map();
  yield runScope(body, undefined, { program, functions, methods });
  const done = new Set<FunctionStatement>();
  for (const statement of statementsIn(body)) {
    if (statement.kind === "class") {
      for (const member of statement.body) if (member.kind === "function") done.add(member);
      yield* runMethods(statement, program, functions);
    } else if (statement.kind === "function" && !done.has(statement)) {
      yield runScope(statement.body, statement, { program, functions, methods });
    }
  }
}

interface Callables {
  readonly program: PythonProgram;
  readonly functions: ReadonlyMap<string, FunctionStatement>;
  readonly methods: ReadonlyMap<string, FunctionStatement>;
}

function* runMethods(
  statement: ClassStatement,
  program: PythonProgram,
  functions: ReadonlyMap<string, FunctionStatement>,
): Generator<Scope> {
  const methods = new Map<string, FunctionStatement>();
  for (const member of statement.body) {
    if (member.kind === "function") methods.set(member.name, member);
  }
  for (const method of methods.values()) {
    yield runScope(method.body, method, { program, functions, methods });
  }
}

function runScope(
  body: readonly Statement[],
  owner: FunctionStatement | undefined,
  callables: Callables,
): Scope {
  const trace: Trace = { assignments: [], returns: [] };
  let keys = 0;
  let depth = 0;
  const surroundings = {
    program: callables.program,
    newKey: (name: string) => {
      keys += 1;
      return `${name}#${keys}`;
    },
    namesReadBy: (path: string) => {
      const callee = callables.functions.get(path);
      return callee === undefined ? [] : namesIn(callee);
    },
    inline: (call: CallExpression, bindings: Bindings): Ir | undefined => {
      if (depth >= DEEPEST_INLINING) return undefined;
      depth += 1;
      const result = inlineCall(call, bindings, callables, owner === undefined);
      depth -= 1;
      return result;
    },
  };
  runBlock(body, createBindings(surroundings), trace);
  return { ...trace, function: owner };
}

/** The value of a call: the callee's body is followed with its parameters bound to the arguments. */
function inlineCall(
  call: CallExpression,
  caller: Bindings,
  { functions, methods }: Callables,
  isModule: boolean,
): Ir | undefined {
  const { callee } = call;
  const isSelf =
    callee.kind === "attribute" && callee.value.kind === "name" && callee.value.id === "self";
  let target: FunctionStatement | undefined;
  if (callee.kind === "name") target = caller.has(callee.id) ? undefined : functions.get(callee.id);
  if (isSelf && callee.kind === "attribute") target = methods.get(callee.attribute);
  if (target === undefined || !isSimple(target)) return undefined;
  const values = boundParameters(call, target, caller, isSelf);
  if (values === undefined) return undefined;
  if (isModule || isSelf) {
    for (const path of caller.paths()) {
      const isVisible = isSelf ? path.startsWith("self.") : !values.has(path);
      if (isVisible) values.set(path, caller.read(path, undefined));
    }
  }
  const trace: Trace = { assignments: [], returns: [] };
  runBlock(target.body, createBindings(caller, values), trace);
  const [result, ...others] = trace.returns;
  return others.length === 0 ? result?.value : undefined;
}

/** Straight-line functions alone: a loop or a branch would give one of several values. */
function isSimple(target: FunctionStatement): boolean {
  return (
    target.decorators.length === 0 &&
    target.body.length <= MOST_STATEMENTS &&
    target.body.at(-1)?.kind === "return" &&
    target.body.every(({ kind }) => ["assign", "augmented", "expression", "return"].includes(kind))
  );
}

function boundParameters(
  call: CallExpression,
  target: FunctionStatement,
  caller: Bindings,
  isSelf: boolean,
): Map<string, Ir> | undefined {
  const parameters = isSelf ? target.parameters.slice(1) : target.parameters;
  if (parameters.some(({ splat }) => splat !== "none")) return undefined;
  const values = new Map<string, Ir>();
  let position = 0;
  for (const argument of call.arguments) {
    const name = argument.name ?? parameters[position]?.name;
    if (argument.splat !== "none" || name === undefined) return undefined;
    if (argument.name === undefined) position += 1;
    values.set(name, lowerExpression(argument.value, caller));
  }
  for (const parameter of parameters) {
    if (values.has(parameter.name)) continue;
    if (parameter.default === undefined) return undefined;
    values.set(parameter.name, lowerExpression(parameter.default, caller));
  }
  return values;
}

/** Names that a function reads and does not bind itself. */
function namesIn(target: FunctionStatement): readonly string[] {
  const own = boundIn(target.body);
  for (const parameter of target.parameters) own.add(parameter.name);
  const names = new Set<string>();
  const add = (expression: Expression): void => {
    const path = pathOf(expression);
    if (path !== undefined && !own.has(path)) names.add(path);
  };
  for (const statement of statementsIn(target.body)) {
    for (const root of ownExpressions(statement)) {
      for (const expression of expressionsIn(root)) add(expression);
    }
  }
  return [...names];
}
