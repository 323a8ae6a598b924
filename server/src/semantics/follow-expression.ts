import type {
  ComprehensionExpression,
  Expression,
  LambdaExpression,
  NameExpression,
  Statement,
} from "../syntax/python/ast.ts";
import { childExpressions } from "../syntax/python/walk.ts";
import { type Binding, close, merged, newScope, type Scope, type State } from "./scope.ts";

export function bind(id: string, binding: Binding, scope: Scope, state: State): void {
  const value = state.volatile.has(id) ? "many" : binding;
  scope.flow.set(id, value);
  scope.all.set(id, merged(scope.all.get(id), value) ?? value);
}

function use(name: NameExpression, scope: Scope, state: State): void {
  let home: Scope | undefined = scope;
  let last = scope;
  while (home !== undefined && !home.flow.has(name.id)) {
    last = home;
    home = home.inlineIn;
  }
  const binding = home?.flow.get(name.id);
  if (binding === undefined) last.open.push(name);
  else if (binding !== "many") state.definitions.set(name, binding);
}

export function followExpression(node: Expression, scope: Scope, state: State): void {
  switch (node.kind) {
    case "name":
      use(node, scope, state);
      return;
    case "lambda":
      followLambda(node, scope, state);
      return;
    case "comprehension":
      followComprehension(node, scope, state);
      return;
    case "named":
      followExpression(node.value, scope, state);
      // Only a statement can be shown as one; the value of a walrus is judged where it stands.
      bind(node.target.id, "many", scope, state);
      return;
    default:
      for (const child of childExpressions(node)) followExpression(child, scope, state);
  }
}

function followComprehension(node: ComprehensionExpression, scope: Scope, state: State): void {
  const inner = newScope(scope.outer, scope);
  for (const { target, iterable, conditions } of node.clauses) {
    followExpression(iterable, inner, state);
    bindTarget(target, { kind: "iterated", iterable, path: [] }, inner, state);
    for (const condition of conditions) followExpression(condition, inner, state);
  }
  if (node.key !== undefined) followExpression(node.key, inner, state);
  followExpression(node.element, inner, state);
}

/** Scopes that a function in `scope` sees; class bodies and comprehensions give way to theirs. */
export function visibleFrom(scope: Scope): readonly Scope[] {
  let home = scope;
  while (home.inlineIn !== undefined) home = home.inlineIn;
  return [home, ...home.outer];
}

function followLambda(node: LambdaExpression, scope: Scope, state: State): void {
  for (const { default: value } of node.parameters) {
    if (value !== undefined) followExpression(value, scope, state);
  }
  const inner = newScope([...enclosingComprehensions(scope), ...visibleFrom(scope)]);
  for (const parameter of node.parameters) {
    const owner = { function: "<lambda>", owner: undefined };
    bind(parameter.name, { kind: "parameter", parameter, ...owner }, inner, state);
  }
  state.deferred.push(() => {
    followExpression(node.body, inner, state);
    close(inner, state);
  });
}

function enclosingComprehensions(scope: Scope): Scope[] {
  const scopes: Scope[] = [];
  for (let home = scope; home.inlineIn !== undefined; home = home.inlineIn) scopes.push(home);
  return scopes;
}

/** Follows the reads inside a target, `i` of `x[i]`, and binds its names. */
export function bindTarget(target: Expression, binding: Binding, scope: Scope, state: State): void {
  switch (target.kind) {
    case "name":
      bind(target.id, binding, scope, state);
      // The target stands for itself, so that a reader may ask it as well.
      if (binding !== "many" && !state.volatile.has(target.id)) {
        state.definitions.set(target, binding);
      }
      return;
    case "starred":
      bindTarget(target.value, "many", scope, state);
      return;
    case "tuple":
    case "list":
      target.elements.forEach((element, index) => {
        bindTarget(element, partOf(binding, index, target.elements), scope, state);
      });
      return;
    default:
      followExpression(target, scope, state);
  }
}

/** What target `index` of several gets. */
function partOf(binding: Binding, index: number, targets: readonly Expression[]): Binding {
  const isAfterStar = targets.slice(0, index).some(({ kind }) => kind === "starred");
  if (binding === "many" || isAfterStar) return "many";
  switch (binding.kind) {
    case "iterated":
      return { ...binding, path: [...binding.path, index] };
    case "assigned":
      return partOfValue(binding.value, binding.statement, index, targets);
    case "unpacked": {
      const { value, statement } = binding;
      return { kind: "nested", value, path: [binding.index, index], statement };
    }
    case "nested":
      return { ...binding, path: [...binding.path, index] };
    default:
      return "many";
  }
}

function partOfValue(
  value: Expression,
  statement: Statement,
  index: number,
  targets: readonly Expression[],
): Binding {
  if (targets.some(({ kind }) => kind === "starred")) return "many";
  if (value.kind !== "tuple" && value.kind !== "list") {
    return { kind: "unpacked", value, index, statement };
  }
  const part = value.elements[index];
  const isEven = value.elements.length === targets.length && part?.kind !== "starred";
  return part !== undefined && isEven ? { kind: "assigned", value: part, statement } : "many";
}
