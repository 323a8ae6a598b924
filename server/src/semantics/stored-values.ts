import type { Expression, Statement } from "../syntax/python/ast.ts";
import { targetNames } from "./bound-names.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** A value that a statement gives to a name, adds to it, or puts into its columns. */
export interface StoredValue {
  readonly form: "assigned" | "added" | "column";
  readonly value: Expression;
  readonly statement: Statement;
}

const indexes = new WeakMap<PythonProgram, ReadonlyMap<string, readonly StoredValue[]>>();

/** All that the document puts into names of this spelling, whatever their scope, in source order. */
export function storedValues(id: string, program: PythonProgram): readonly StoredValue[] {
  const index = indexes.get(program) ?? indexOf(program);
  indexes.set(program, index);
  return index.get(id) ?? [];
}

function indexOf(program: PythonProgram): ReadonlyMap<string, readonly StoredValue[]> {
  const values = new Map<string, StoredValue[]>();
  for (const { statement } of programIndex(program).statements) {
    for (const { id, form, value } of storesOf(statement)) {
      const known = values.get(id);
      if (known === undefined) values.set(id, [{ form, value, statement }]);
      else known.push({ form, value, statement });
    }
  }
  return values;
}

interface Store extends Omit<StoredValue, "statement"> {
  readonly id: string;
}

function storesOf(statement: Statement): readonly Store[] {
  if (statement.kind === "assign" && statement.value !== undefined) {
    const { targets, value } = statement;
    return targets.flatMap((target): readonly Store[] => {
      const table = tableOf(target);
      if (table !== undefined) return [{ id: table.id, form: "column", value }];
      return targetNames(target).map((id) => ({ id, form: "assigned", value }));
    });
  }
  if (statement.kind === "augmented") {
    const { target, value } = statement;
    return targetNames(target).map((id) => ({ id, form: "added", value }));
  }
  const added = appended(statement);
  return added === undefined ? [] : [{ ...added, form: "added" }];
}

/** `scores.append(value)` */
function appended(statement: Statement) {
  const call = statement.kind === "expression" ? statement.value : undefined;
  if (call?.kind !== "call" || call.callee.kind !== "attribute") return undefined;
  const { attribute, value: list } = call.callee;
  const value = call.arguments[0]?.value;
  const isAdded = attribute === "append" || attribute === "update";
  return isAdded && list.kind === "name" && value !== undefined
    ? { id: list.id, value }
    : undefined;
}

/** `df` of the targets `df[columns]`, `df.loc[:, columns]` and `df["a"].values[:]`. */
export function tableOf(target: Expression) {
  let node = target;
  if (node.kind !== "subscript") return undefined;
  while (node.kind === "subscript" || node.kind === "attribute") node = node.value;
  return node.kind === "name" ? node : undefined;
}
