import { branchingMap } from "../semantics/branching-map.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import { type Ir, symbolIr } from "./ir.ts";

/** What the names of a scope mean at one point of it. Names are dotted paths, such as `self.w`. */
export interface Bindings {
  readonly program: PythonProgram;
  has(path: string): boolean;
  /** Value of a path; one that was never bound becomes an input symbol. */
  read(path: string, use: Expression | undefined): Ir;
  /** The same without a word on where it is used. */
  current(path: string): Ir;
  bind(path: string, value: Ir): void;
  /** A key that no other symbol has. */
  newKey(name: string): string;
  /** Result of a call of a function of the same document, when its body is simple enough. */
  inline(call: CallExpression, bindings: Bindings): Ir | undefined;
  /** Names of this scope that a function of the same document reads by itself. */
  namesReadBy(path: string): readonly string[];
  /** Runs one way through the program, and takes back what it binds. */
  branch(way: () => void): void;
  /** Paths bound so far. */
  paths(): Iterable<string>;
}

/** What all copies of the bindings of a scope share. */
export type Surroundings = Pick<Bindings, "program" | "inline" | "newKey" | "namesReadBy">;

/** `a.b.c` as text; a trailing `.data`, PyTorch's raw tensor, is the tensor itself. */
export function pathOf(expression: Expression): string | undefined {
  if (expression.kind === "name") return expression.id;
  if (expression.kind !== "attribute") return undefined;
  const base = pathOf(expression.value);
  if (base === undefined || expression.attribute === "data") return base;
  return `${base}.${expression.attribute}`;
}

/** A value as whoever reads its name next is to see it: what it stood for once defines it. */
export const withoutUse = <Value extends Ir>(value: Value): Value => ({
  ...value,
  origin: undefined,
  definedBy: value.definedBy ?? value.origin,
});

const NOTHING: ReadonlySet<string> = new Set();

export function createBindings(
  surroundings: Surroundings,
  known: Map<string, Ir> = new Map(),
): Bindings {
  const values = branchingMap(known);
  const below = pathsBelow(known.keys());
  const bindings: Bindings = {
    ...surroundings,
    has: values.has,
    paths: values.keys,
    bind: (path, value) => {
      for (const inner of below.of(path)) if (values.has(inner)) values.delete(inner);
      values.set(path, value);
      below.add(path);
    },
    read(path, use) {
      const value = bindings.current(path);
      if (use === undefined && value.origin === undefined) return value;
      return { ...value, origin: use, definedBy: value.definedBy ?? value.origin };
    },
    current(path) {
      const value = values.get(path);
      if (value !== undefined) return value;
      const dot = path.lastIndexOf(".");
      const owner = dot === -1 ? undefined : bindings.current(path.slice(0, dot));
      const dependencies =
        owner?.kind === "symbol" ? new Set([owner.key, ...owner.dependencies]) : NOTHING;
      const input = symbolIr({ name: path, key: `${path}#0`, dependencies });
      values.set(path, input);
      below.add(path);
      return input;
    },
    branch: (way) => {
      values.branch(way);
    },
  };
  return bindings;
}

/** Paths by those that they start with, `self.w` by `self`; none is ever taken out. */
function pathsBelow(paths: Iterable<string>) {
  const known = new Map<string, Set<string>>();
  const add = (path: string) => {
    for (let dot = path.lastIndexOf("."); dot > 0; dot = path.lastIndexOf(".", dot - 1)) {
      const owner = path.slice(0, dot);
      const inner = known.get(owner);
      if (inner === undefined) known.set(owner, new Set([path]));
      else if (inner.has(path)) return;
      else inner.add(path);
    }
  };
  for (const path of paths) add(path);
  return { add, of: (owner: string): Iterable<string> => known.get(owner) ?? [] };
}
