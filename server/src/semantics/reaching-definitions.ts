import type {
  AssignStatement,
  FunctionStatement,
  ImportStatement,
  NameExpression,
  Statement,
} from "../syntax/python/ast.ts";
import { statementsIn } from "../syntax/python/walk.ts";
import { boundNames, targetNames } from "./bound-names.ts";
import { bind, bindTarget, followExpression, visibleFrom } from "./follow-expression.ts";
import type { Definition } from "./python-program.ts";
import { normalName } from "./qualified-names.ts";
import { close, type Ends, join, newScope, type Scope, type State } from "./scope.ts";

export interface Reaching {
  readonly definitions: ReadonlyMap<NameExpression, Definition>;
  /** Uses of names that nothing in the document binds. */
  readonly free: ReadonlySet<NameExpression>;
}

/** Definitions that reach each use of a name, by following the statements in order. */
export function reachingDefinitions(body: readonly Statement[]): Reaching {
  const state: State = {
    definitions: new Map(),
    free: new Set(),
    volatile: volatileNames(body),
    deferred: [],
  };
  const scope = newScope([]);
  followBlock(body, scope, state);
  close(scope, state);
  for (let next = state.deferred.shift(); next !== undefined; next = state.deferred.shift()) next();
  return state;
}

function volatileNames(body: readonly Statement[]): Set<string> {
  const names = new Set<string>();
  for (const statement of statementsIn(body)) {
    if (statement.kind !== "other") continue;
    if (statement.keyword !== "global" && statement.keyword !== "nonlocal") continue;
    for (const { id } of statement.targets) names.add(id);
  }
  return names;
}

function followFunction(node: FunctionStatement, scope: Scope, state: State): void {
  for (const decorator of node.decorators) followExpression(decorator, scope, state);
  for (const { annotation, default: value } of node.parameters) {
    if (annotation !== undefined) followExpression(annotation, scope, state);
    if (value !== undefined) followExpression(value, scope, state);
  }
  bind(node.name, { kind: "defined", statement: node }, scope, state);
  const inner = newScope(visibleFrom(scope));
  state.deferred.push(() => {
    for (const parameter of node.parameters) {
      const definition = {
        kind: "parameter",
        function: node.name,
        parameter,
        owner: node,
      } as const;
      bind(parameter.name, definition, inner, state);
    }
    followBlock(node.body, inner, state);
    close(inner, state);
  });
}

function followAssign(statement: AssignStatement, scope: Scope, state: State): void {
  const { targets, annotation, value } = statement;
  if (annotation !== undefined) followExpression(annotation, scope, state);
  if (value === undefined) return;
  followExpression(value, scope, state);
  for (const target of targets) {
    bindTarget(target, { kind: "assigned", value, statement }, scope, state);
  }
}

function followImport(statement: ImportStatement, scope: Scope, state: State): void {
  for (const { module, name, alias } of statement.names) {
    if (name === "*") {
      scope.stars.push(normalName(module));
      continue;
    }
    const root = module.split(".")[0] ?? module;
    const path = name === undefined ? (alias === undefined ? root : module) : `${module}.${name}`;
    const id = alias ?? name ?? root;
    bind(id, { kind: "imported", qualifiedName: normalName(path) }, scope, state);
  }
}

/** True where the code after the block is never reached through it. */
function leavesScope(block: readonly Statement[]): boolean {
  const last = block.at(-1);
  return last?.kind === "return" || (last?.kind === "other" && last.keyword === "raise");
}

/** Follows alternatives that all start from here, and joins those that go on. */
function followBranches(
  blocks: readonly (readonly Statement[])[],
  scope: Scope,
  state: State,
  others: readonly Ends[] = [],
): void {
  const ways = [...others];
  for (const block of blocks) {
    const ends = scope.flow.branch(() => followBlock(block, scope, state));
    if (!leavesScope(block)) ways.push(ends);
  }
  join(scope, ways);
}

/** A way that binds nothing. */
const PAST: Ends = new Map();

function followLoop(
  body: readonly Statement[],
  bindTargets: () => void,
  scope: Scope,
  state: State,
): void {
  const { flow } = scope;
  const ends = flow.branch(() => {
    for (const id of boundNames(body)) {
      // At the head of a later round the previous round's value reaches as well.
      if (flow.has(id)) flow.set(id, "many");
    }
    bindTargets();
    followBlock(body, scope, state);
  });
  join(scope, [PAST, ends]);
}

function followBlock(block: readonly Statement[], scope: Scope, state: State): void {
  for (const statement of block) followStatement(statement, scope, state);
}

function followStatement(statement: Statement, scope: Scope, state: State): void {
  switch (statement.kind) {
    case "assign":
      followAssign(statement, scope, state);
      return;
    case "import":
      followImport(statement, scope, state);
      return;
    case "function":
      followFunction(statement, scope, state);
      return;
    case "augmented":
      followExpression(statement.value, scope, state);
      followExpression(statement.target, scope, state);
      for (const id of targetNames(statement.target)) bind(id, "many", scope, state);
      return;
    case "expression":
    case "return":
      if (statement.value !== undefined) followExpression(statement.value, scope, state);
      return;
    default:
      followCompound(statement, scope, state);
  }
}

type Compound = Extract<
  Statement,
  { kind: "class" | "for" | "while" | "if" | "with" | "try" | "other" }
>;

function followCompound(statement: Compound, scope: Scope, state: State): void {
  switch (statement.kind) {
    case "class":
      followClass(statement, scope, state);
      return;
    case "for": {
      const { target, iterable, body, otherwise } = statement;
      followExpression(iterable, scope, state);
      const binding = { kind: "iterated", iterable, path: [] } as const;
      followLoop(body, () => bindTarget(target, binding, scope, state), scope, state);
      followBlock(otherwise, scope, state);
      return;
    }
    case "while":
      followExpression(statement.test, scope, state);
      followLoop(statement.body, () => undefined, scope, state);
      followBlock(statement.otherwise, scope, state);
      return;
    case "if":
      followExpression(statement.test, scope, state);
      followBranches([statement.body, statement.otherwise], scope, state);
      return;
    case "with":
      for (const { context, target } of statement.items) {
        followExpression(context, scope, state);
        if (target !== undefined) bindTarget(target, { kind: "entered", context }, scope, state);
      }
      followBlock(statement.body, scope, state);
      return;
    case "try":
      followTry(statement, scope, state);
      return;
    case "other":
      for (const expression of statement.expressions) followExpression(expression, scope, state);
      for (const { id } of statement.targets) bind(id, "many", scope, state);
      if (statement.bodies.length > 0) {
        followBranches([...statement.bodies, []], scope, state);
      }
  }
}

function followClass(
  statement: Extract<Statement, { kind: "class" }>,
  scope: Scope,
  state: State,
): void {
  for (const decorator of statement.decorators) followExpression(decorator, scope, state);
  for (const { value } of statement.bases) followExpression(value, scope, state);
  followBlock(statement.body, newScope(scope.outer, scope), state);
  bind(statement.name, { kind: "defined", statement }, scope, state);
}

/** A handler may start after any part of the `try` block has run. */
function followTry(
  statement: Extract<Statement, { kind: "try" }>,
  scope: Scope,
  state: State,
): void {
  const [body = [], ...others] = statement.bodies;
  const ends = scope.flow.branch(() => {
    followBlock(body, scope, state);
    for (const expression of statement.expressions) followExpression(expression, scope, state);
    for (const { id } of statement.targets) bind(id, "many", scope, state);
  });
  join(scope, [PAST, ends]);
  followBranches(others, scope, state, leavesScope(body) ? [] : [ends]);
}
