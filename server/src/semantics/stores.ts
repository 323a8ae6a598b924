import type {
  AssignStatement,
  CallExpression,
  Expression,
  Statement,
} from "../syntax/python/ast.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** What a document writes into the object behind a name, whatever scope the name is of. */
export interface ObjectStores {
  /** Any of its fields may have been given another value. */
  readonly isRewritten: boolean;
  /** Plain assignments to a field, `args.lr = 0.1` or `cfg["lr"] = 0.1`. */
  readonly assigned: ReadonlyMap<string, readonly AssignStatement[]>;
  /** Fields that are changed in another way, or something below them. */
  readonly changed: ReadonlySet<string>;
  /** Given to a call as it is, which may change it. */
  readonly isPassedOn: boolean;
}

interface MutableStores {
  isRewritten: boolean;
  readonly assigned: Map<string, AssignStatement[]>;
  readonly changed: Set<string>;
  isPassedOn: boolean;
}

const NOTHING: ObjectStores = {
  isRewritten: false,
  assigned: new Map(),
  changed: new Set(),
  isPassedOn: false,
};

const MUTATORS =
  /^(?:update|setdefault|pop|popitem|clear|merge_\w+|merge|__setattr__|__setitem__|set_defaults)$/;

/** Builtins that leave what they are given as it is. */
const READERS = new Set("getattr hasattr isinstance len print repr str type vars dict".split(" "));

const found = new WeakMap<PythonProgram, ReadonlyMap<string, ObjectStores>>();

/** Writes into the object that is called `id`. */
export function storesInto(id: string, program: PythonProgram): ObjectStores {
  const known = found.get(program) ?? allStores(program);
  found.set(program, known);
  return known.get(id) ?? NOTHING;
}

function allStores(program: PythonProgram): ReadonlyMap<string, ObjectStores> {
  const stores = new Map<string, MutableStores>();
  const of = (id: string): MutableStores => {
    const known = stores.get(id);
    if (known !== undefined) return known;
    const fresh = { isRewritten: false, assigned: new Map(), changed: new Set<string>() };
    const entry: MutableStores = { ...fresh, isPassedOn: false };
    stores.set(id, entry);
    return entry;
  };
  const { statements, calls } = programIndex(program);
  for (const { statement } of statements) noteStatement(statement, of);
  for (const { call } of calls) noteCall(call, of);
  return stores;
}

type StoresOf = (id: string) => MutableStores;

function noteStatement(statement: Statement, of: StoresOf): void {
  switch (statement.kind) {
    case "assign":
      if (statement.value === undefined) return;
      for (const target of statement.targets) noteTarget(target, statement, of);
      return;
    case "augmented":
      noteTarget(statement.target, undefined, of);
      return;
    case "other":
      if (statement.keyword !== "del") return;
      for (const target of statement.expressions) noteTarget(target, undefined, of);
      return;
    default:
  }
}

function noteTarget(
  target: Expression,
  statement: AssignStatement | undefined,
  of: StoresOf,
): void {
  if (target.kind === "tuple" || target.kind === "list") {
    for (const element of target.elements) noteTarget(element, undefined, of);
    return;
  }
  const place = placeOf(target);
  if (place === undefined || place.path.length === 0) return;
  note(place, place.path.length === 1 ? statement : undefined, of);
}

function note({ root, path }: Place, statement: AssignStatement | undefined, of: StoresOf): void {
  const stores = of(root);
  const [field] = path;
  if (field === undefined || field === "__dict__") stores.isRewritten = true;
  else if (statement === undefined) stores.changed.add(field);
  else stores.assigned.set(field, [...(stores.assigned.get(field) ?? []), statement]);
}

function noteCall(call: CallExpression, of: StoresOf): void {
  const { callee } = call;
  if (callee.kind === "attribute" && MUTATORS.test(callee.attribute)) {
    const place = placeOf(callee.value);
    if (place !== undefined) note(place, undefined, of);
  }
  if (callee.kind === "name" && callee.id === "setattr") {
    noteSetattr(call, of);
  } else if (!(callee.kind === "name" && READERS.has(callee.id))) {
    for (const { value, splat } of call.arguments) {
      if (splat === "none" && value.kind === "name") of(value.id).isPassedOn = true;
    }
  }
}

function noteSetattr({ arguments: [first, second] }: CallExpression, of: StoresOf): void {
  if (first?.value.kind !== "name") return;
  const field = second?.value.kind === "string" ? second.value.value : undefined;
  note({ root: first.value.id, path: [field] }, undefined, of);
}

interface Place {
  readonly root: string;
  /** Fields from the root on; `undefined` for an index that is no literal. */
  readonly path: readonly (string | undefined)[];
}

function placeOf(node: Expression): Place | undefined {
  switch (node.kind) {
    case "name":
      return { root: node.id, path: [] };
    case "attribute":
      return below(node.value, node.attribute);
    case "subscript": {
      const [index] = node.indices;
      return below(node.value, index?.kind === "string" ? index.value : undefined);
    }
    case "call": {
      const [only] = node.arguments;
      const isVars = node.callee.kind === "name" && node.callee.id === "vars";
      return isVars && only !== undefined ? placeOf(only.value) : undefined;
    }
    default:
      return undefined;
  }
}

function below(node: Expression, field: string | undefined): Place | undefined {
  const place = placeOf(node);
  return place && { root: place.root, path: [...place.path, field] };
}
