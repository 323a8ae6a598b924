import type { NameExpression } from "../syntax/python/ast.ts";
import { type BranchingMap, branchingMap } from "./branching-map.ts";
import type { Definition } from "./python-program.ts";
import { starExport } from "./qualified-names.ts";

/** `many`: several definitions may reach, or one that has no value to show. */
export type Binding = Definition | "many";
/** What the names are bound to that one way through the code binds anew. */
export type Ends = ReadonlyMap<string, Binding | undefined>;

/** Names of a module, function, class body or comprehension while its statements are followed. */
export interface Scope {
  /** What reaches the statement at hand. */
  readonly flow: BranchingMap<Binding>;
  /** All bindings of the scope together, whatever their order. */
  readonly all: Map<string, Binding>;
  /** Modules of `from … import *`. */
  readonly stars: string[];
  /** The scope whose flow is also ours: of a class body or a comprehension. */
  readonly inlineIn: Scope | undefined;
  /** Scopes that a function sees, innermost first; complete before its body is followed. */
  readonly outer: readonly Scope[];
  /** Uses that no binding reached so far. */
  readonly open: NameExpression[];
}

export function newScope(outer: readonly Scope[], inlineIn?: Scope): Scope {
  return { flow: branchingMap(), all: new Map(), stars: [], inlineIn, outer, open: [] };
}

function isSame(a: Definition, b: Definition): boolean {
  if (a === b) return true;
  return a.kind === "imported" && b.kind === "imported" && a.qualifiedName === b.qualifiedName;
}

const isNone = (definition: Definition) =>
  definition.kind === "assigned" &&
  definition.value.kind === "constant" &&
  definition.value.value === null;

/** What reaches where two ways meet; a way that leaves the name unbound does not count. */
export function merged(a: Binding | undefined, b: Binding | undefined): Binding | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a === "many" || b === "many") return "many";
  if (isSame(a, b)) return a;
  // `try: import x` with `except ImportError: x = None` still means the import.
  if (a.kind === "imported" && isNone(b)) return a;
  if (b.kind === "imported" && isNone(a)) return b;
  return "many";
}

/** Makes a scope's flow what it is where ways meet that all started from the flow at hand. */
export function join({ flow }: Scope, ways: readonly Ends[]): void {
  for (const id of new Set(ways.flatMap((ends) => [...ends.keys()]))) {
    const before = flow.get(id);
    let binding: Binding | undefined;
    for (const ends of ways) binding = merged(binding, ends.get(id) ?? before);
    if (binding !== undefined) flow.set(id, binding);
  }
}

/** What following a document collects. */
export interface State {
  readonly definitions: Map<NameExpression, Definition>;
  readonly free: Set<NameExpression>;
  /** Names that some function declares `global` or `nonlocal`: any call may rebind them. */
  readonly volatile: ReadonlySet<string>;
  /** Function bodies, to be followed once the scope around them is complete. */
  readonly deferred: (() => void)[];
}

/** Built-in functions that no `import *` replaces, or only by what does the same to arrays. */
const BUILT_IN = new Set("abs enumerate float len list map pow range sorted sum tuple".split(" "));

/** Gives the uses that the scope itself did not bind to the scopes around it. */
export function close(scope: Scope, { definitions, free }: State): void {
  const scopes = [scope, ...scope.outer];
  for (const name of scope.open) {
    // Bound here, but only after the use: another round of a loop, or an error.
    if (scope.all.has(name.id)) continue;
    const home = scope.outer.find(({ all }) => all.has(name.id));
    const binding = home?.all.get(name.id) ?? starBinding(name.id, scopes);
    if (binding === undefined) {
      const mayBeStar = scopes.some(({ stars }) => stars.length > 0) && !BUILT_IN.has(name.id);
      if (!mayBeStar) free.add(name);
    } else if (binding !== "many") {
      definitions.set(name, binding);
    }
  }
}

function starBinding(id: string, scopes: readonly Scope[]): Binding | undefined {
  const found = scopes
    .flatMap(({ stars }) => stars)
    .map((module) => starExport(module, id))
    .filter((name) => name !== undefined);
  const [first] = found;
  if (first === undefined) return undefined;
  return found.length === 1 ? { kind: "imported", qualifiedName: first } : "many";
}
