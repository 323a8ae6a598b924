import type { PythonProgram } from "../semantics/python-program.ts";
import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import { type Ir, symbolIr } from "./ir.ts";

/** What the names of a scope mean at one point of it. Names are dotted paths, such as `self.w`. */
export interface Bindings {
  readonly program: PythonProgram;
  has(path: string): boolean;
  /** Value of a path; one that was never bound becomes an input symbol. */
  read(path: string, use: Expression | undefined): Ir;
  bind(path: string, value: Ir): void;
  /** A key that no other symbol has. */
  newKey(name: string): string;
  /** Result of a call of a function of the same document, when its body is simple enough. */
  inline(call: CallExpression, bindings: Bindings): Ir | undefined;
  /** Names of this scope that a function of the same document reads by itself. */
  namesReadBy(path: string): readonly string[];
  /** An independent copy, for a branch. */
  fork(): Bindings;
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

export function createBindings(
  surroundings: Surroundings,
  values: Map<string, Ir> = new Map(),
): Bindings {
  const bindings: Bindings = {
    ...surroundings,
    has: (path) => values.has(path),
    paths: () => values.keys(),
    bind: (path, value) => {
      for (const known of values.keys()) if (known.startsWith(`${path}.`)) values.delete(known);
      values.set(path, value);
    },
    read(path, use) {
      const known = values.get(path);
      if (known !== undefined) {
        return { ...known, origin: use, definedBy: known.definedBy ?? known.origin };
      }
      const dot = path.lastIndexOf(".");
      const owner = dot === -1 ? undefined : bindings.read(path.slice(0, dot), undefined);
      const dependencies =
        owner?.kind === "symbol" ? new Set([owner.key, ...owner.dependencies]) : new Set<string>();
      const input = symbolIr({ name: path, key: `${path}#0`, dependencies }, use);
      values.set(path, { ...input, origin: undefined });
      return input;
    },
    fork: () => createBindings(surroundings, new Map(values)),
  };
  return bindings;
}
