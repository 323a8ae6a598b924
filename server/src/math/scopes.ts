import type { PythonProgram } from "../semantics/python-program.ts";
import type {
  CallExpression,
  Expression,
  FunctionStatement,
  Statement,
} from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions, statementsIn } from "../syntax/python/walk.ts";
import { type Bindings, createBindings, pathOf } from "./bindings.ts";
import { boundIn } from "./bound-paths.ts";
import { type Callables, inlineCall } from "./inline-call.ts";
import type { Ir } from "./ir.ts";
import type { Trace } from "./record-assignment.ts";
import { runBlock } from "./run-block.ts";

/** A module or function body with the values of its names. */
export interface Scope extends Trace {
  /** Name of the function; `undefined` for the module itself. */
  readonly function: FunctionStatement | undefined;
}

/** Calls are replaced by the callee's result this deep. */
const DEEPEST_INLINING = 3;

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
  const functions = functionsIn(body);
  const callables: Callables = { program, functions, methods: new Map() };
  yield runScope(body, undefined, callables);
  const methods = new Set<FunctionStatement>();
  for (const statement of statementsIn(body)) {
    if (statement.kind === "class") {
      const own = functionsIn(statement.body);
      for (const method of own.values()) {
        methods.add(method);
        yield runScope(method.body, method, { ...callables, methods: own });
      }
    } else if (statement.kind === "function" && !methods.has(statement)) {
      yield runScope(statement.body, statement, callables);
    }
  }
}

function functionsIn(body: readonly Statement[]): ReadonlyMap<string, FunctionStatement> {
  return new Map(
    body
      .filter((statement) => statement.kind === "function")
      .map((statement) => [statement.name, statement]),
  );
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
