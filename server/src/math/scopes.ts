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
  /** Methods of the function's class, the same map for all of them; empty outside of classes. */
  readonly methods: ReadonlyMap<string, FunctionStatement>;
}

/** Calls are replaced by the callee's result this deep. */
const DEEPEST_INLINING = 3;

/** What a scope writes that computes a norm or a product of arrays. */
const FORMULA =
  /[\w)\]]\s*\*\*|[\w)\]]\s*@\s*[\w(]|\b(?:dot|matmul|mm|mv|vdot|inner|einsum|norm|abs|absolute|fabs|square|pow|sum|mean)\b|\.T\b|shrink|soft_?thr|soft\(|prox|penalty|grad|\bl[12]|reg/;

const cache = new WeakMap<PythonProgram, readonly Scope[]>();

/**
 * The scopes of a document that hold a formula, each followed symbolically once.
 *
 * The result is kept for as long as the program is, so several extractors share the work.
 */
export function scopesOf(program: PythonProgram): readonly Scope[] {
  const known = cache.get(program);
  if (known !== undefined) return known;
  const scopes = runScopes(program);
  cache.set(program, scopes);
  return scopes;
}

function runScopes(program: PythonProgram): readonly Scope[] {
  const { body, text } = program.module;
  if (!FORMULA.test(text)) return [];
  const callables: Callables = {
    program,
    functions: functionsIn(body),
    methods: new Map(),
    classes: methodsByClass(body),
  };
  const read = new Map<FunctionStatement, readonly string[]>();
  const inside = functionsWithMethods(body)
    .filter(({ owner: { span } }) => FORMULA.test(text.slice(span.start, span.end)))
    .map(({ owner, methods }, index) =>
      runScope({ body: owner.body, owner, index: index + 1 }, { ...callables, methods }, read),
    );
  return [runScope({ body, owner: undefined, index: 0 }, callables, read), ...inside];
}

interface OwnedFunction {
  readonly owner: FunctionStatement;
  /** Methods of the same class, the function itself included; empty outside of classes. */
  readonly methods: ReadonlyMap<string, FunctionStatement>;
}

function functionsWithMethods(body: readonly Statement[]): readonly OwnedFunction[] {
  const owned = new Map<FunctionStatement, OwnedFunction>();
  for (const statement of statementsIn(body)) {
    if (statement.kind === "class") {
      const methods = functionsIn(statement.body);
      for (const owner of methods.values()) owned.set(owner, { owner, methods });
    } else if (statement.kind === "function" && !owned.has(statement)) {
      owned.set(statement, { owner: statement, methods: new Map() });
    }
  }
  return [...owned.values()];
}

function methodsByClass(
  body: readonly Statement[],
): ReadonlyMap<string, ReadonlyMap<string, FunctionStatement>> {
  return new Map(
    body
      .filter((statement) => statement.kind === "class")
      .map((statement) => [statement.name, functionsIn(statement.body)]),
  );
}

function functionsIn(body: readonly Statement[]): ReadonlyMap<string, FunctionStatement> {
  return new Map(
    body
      .filter((statement) => statement.kind === "function")
      .map((statement) => [statement.name, statement]),
  );
}

interface ScopeSource {
  readonly body: readonly Statement[];
  readonly owner: FunctionStatement | undefined;
  /** Keeps the keys of different scopes apart. */
  readonly index: number;
}

function runScope(
  { body, owner, index }: ScopeSource,
  callables: Callables,
  read: Map<FunctionStatement, readonly string[]>,
): Scope {
  const trace: Trace = { assignments: [], returns: [] };
  let keys = 0;
  let depth = 0;
  const surroundings = {
    program: callables.program,
    newKey: (name: string) => {
      keys += 1;
      return `${name}#${keys}:${index}`;
    },
    namesReadBy: (path: string) => {
      const callee = callables.functions.get(path);
      if (callee === undefined) return [];
      const names = read.get(callee) ?? namesIn(callee);
      read.set(callee, names);
      return names;
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
  return { ...trace, function: owner, methods: callables.methods };
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
