import type { Span } from "../../../core/protocol/span.ts";
import type { CallExpression, Expression, NameExpression } from "../syntax/python/ast.ts";
import { dataSource } from "./data-source.ts";
import { argumentsFor, returnedBy } from "./local-functions.ts";
import type { PythonProgram } from "./python-program.ts";
import { partOfCall } from "./split-calls.ts";
import { partOfName, partOfSplitName, type SplitPart } from "./split-words.ts";
import { storedValues } from "./stored-values.ts";

/** Which part of the data an expression holds. */
export interface SplitRole {
  readonly part: SplitPart;
  /** `split`: the document shows where the parts were made. `name`: only an identifier says so. */
  readonly proof: "split" | "name";
  /** What made the part, or what names it. */
  readonly span: Span;
  /** The call that made the parts, and which of its arrays this is. */
  readonly origin: { readonly call: CallExpression; readonly array: number } | undefined;
}

/** How many expressions are looked at for one answer. */
const BUDGET = 150;
const known = new WeakMap<PythonProgram, Map<Expression, SplitRole | undefined>>();

/** The part of the data that an expression holds, as far as the document tells. */
export function splitRole(node: Expression, program: PythonProgram): SplitRole | undefined {
  const memo = known.get(program) ?? new Map<Expression, SplitRole | undefined>();
  known.set(program, memo);
  if (memo.has(node)) return memo.get(node);
  const role = roleOf(node, { program, budget: { left: BUDGET } });
  memo.set(node, role);
  return role;
}

/** True where the document shows that an expression holds rows that were kept from training. */
export function isHeldOut(role: SplitRole | undefined): role is SplitRole {
  return role?.proof === "split" && role.part !== "train";
}

interface Search {
  readonly program: PythonProgram;
  readonly budget: { left: number };
}

function roleOf(node: Expression, search: Search): SplitRole | undefined {
  const { program, budget } = search;
  if (budget.left === 0) return undefined;
  budget.left -= 1;
  switch (node.kind) {
    case "name":
      return roleOfName(node, search);
    case "attribute": {
      const source = dataSource(node, program);
      const role = source === undefined ? undefined : roleOf(source, search);
      return role ?? namedRole(node.attribute, node.span);
    }
    case "subscript":
      return roleOfSubscript(node, search);
    case "call":
      return roleOfCall(node, search);
    default: {
      const source = dataSource(node, program);
      return source === undefined ? undefined : roleOf(source, search);
    }
  }
}

function namedRole(id: string, span: Span): SplitRole | undefined {
  const part = partOfName(id);
  return part === undefined ? undefined : { part, proof: "name", span, origin: undefined };
}

/** What is held out is what its name says it is for. */
function renamed(role: SplitRole, id: string): SplitRole | undefined {
  const named = partOfName(id);
  if (named === undefined || named === role.part) return role;
  // `y_train` in the place of the held-out rows: the parts were mixed up, or the name lies.
  if ((role.part === "train") !== (named === "train")) return undefined;
  return { ...role, part: named };
}

function roleOfName(node: NameExpression, search: Search): SplitRole | undefined {
  const found = definedRole(node, search);
  return found === undefined ? namedRole(node.id, node.span) : renamed(found, node.id);
}

function definedRole(node: NameExpression, search: Search): SplitRole | undefined {
  const { program } = search;
  const definition = program.definition(node);
  switch (definition?.kind) {
    case "assigned":
      return roleOf(definition.value, search) ?? slicedRole(node.id, definition.value);
    case "unpacked":
      return roleOfPart(definition.value, [definition.index], search);
    case "nested":
      return roleOfPart(definition.value, definition.path, search);
    case "iterated":
      return roleOfItem(definition.iterable, definition.path, search);
    case "parameter":
      return agreed(argumentsFor(definition, program), search);
    case undefined:
      return program.isUnbound(node) ? undefined : agreed(valuesOf(node.id, program), search);
    default:
      return undefined;
  }
}

/** All values that the document assigns to a name, whatever the scope. */
function valuesOf(id: string, program: PythonProgram): readonly Expression[] {
  const values = storedValues(id, program).flatMap(({ form, value, statement }) => {
    const targets = statement.kind === "assign" ? statement.targets : [];
    const isPlain = targets.some((target) => target.kind === "name" && target.id === id);
    return form === "assigned" && isPlain ? [value] : [];
  });
  return values.length < 8 ? values : [];
}

/** The role that several values share; where one has none, nothing is known. */
function agreed(values: readonly Expression[], search: Search): SplitRole | undefined {
  const [first, ...others] = values.map((value) => roleOf(value, search));
  const isShared = others.every(
    (role) => role?.part === first?.part && role?.proof === first?.proof,
  );
  return isShared ? first : undefined;
}

/** `X_test = X[800:]`: a slice of rows, for what the name says. */
function slicedRole(id: string, value: Expression): SplitRole | undefined {
  const part = partOfName(id);
  const source = value.kind === "subscript" ? value.indices[0] : undefined;
  if (part === undefined || source?.kind !== "slice") return undefined;
  const isHalf = (source.lower === undefined) !== (source.upper === undefined);
  return isHalf ? { part, proof: "split", span: value.span, origin: undefined } : undefined;
}

/** One of the things that a call gives out together. */
function roleOfPart(
  value: Expression,
  path: readonly number[],
  search: Search,
): SplitRole | undefined {
  if (value.kind !== "call") {
    // Features and targets of one loader.
    const source = value.kind === "tuple" || value.kind === "list" ? undefined : value;
    return source === undefined ? undefined : roleOf(source, search);
  }
  const found = partOfCall(value, path, search.program);
  if (found !== undefined) {
    const { part, array } = found;
    return { part, proof: "split", span: value.span, origin: { call: value, array } };
  }
  const returned = returnedBy(value, search.program);
  if (returned === undefined) return roleOfCall(value, search);
  if (returned.kind !== "tuple") return roleOfPart(returned, path, search);
  const [index = -1, ...rest] = path;
  const element = returned.elements[index];
  if (element === undefined) return undefined;
  return rest.length === 0 ? roleOf(element, search) : roleOfPart(element, rest, search);
}

/** An item of a loop: a batch of a loader, the indices of a fold. */
function roleOfItem(
  iterable: Expression,
  path: readonly number[],
  search: Search,
): SplitRole | undefined {
  const isCounted =
    iterable.kind === "call" &&
    iterable.callee.kind === "name" &&
    iterable.callee.id === "enumerate";
  const inner = isCounted ? iterable.arguments[0]?.value : iterable;
  if (inner === undefined) return undefined;
  const [first, ...rest] = path;
  if (isCounted) return first === 1 ? roleOfItem(inner, rest, search) : undefined;
  const isFold =
    inner.kind === "call" &&
    inner.callee.kind === "attribute" &&
    inner.callee.attribute === "split";
  if (isFold && inner.kind === "call") {
    if (first === undefined || inner.arguments.length === 0) return undefined;
    const part = first === 0 ? "train" : "heldOut";
    return { part, proof: "split", span: inner.span, origin: { call: inner, array: 0 } };
  }
  return roleOf(inner, search);
}

function roleOfSubscript(
  node: Extract<Expression, { kind: "subscript" }>,
  search: Search,
): SplitRole | undefined {
  const [index] = node.indices;
  if (index?.kind === "string" && index.value !== undefined) {
    return roleOfKey(node, index.value, search);
  }
  const base = roleOf(node.value, search);
  const chosen = index?.kind === "name" ? roleOf(index, search) : undefined;
  const isIndex = chosen?.proof === "split";
  return isIndex ? chosen : base;
}

/** `splits["test"]` of a data set that has splits, or an entry of a dict. */
function roleOfKey(
  node: Extract<Expression, { kind: "subscript" }>,
  key: string,
  search: Search,
): SplitRole | undefined {
  const { program } = search;
  const part = partOfSplitName(key);
  const origin = boundValue(node.value, program);
  if (part === undefined) return roleOf(node.value, search);
  const isSplitData = origin.kind === "call" && holdsSplits(origin, program);
  const span = isSplitData ? origin.span : node.span;
  return { part, proof: isSplitData ? "split" : "name", span, origin: undefined };
}

function boundValue(node: Expression, program: PythonProgram, steps = 6): Expression {
  const definition = node.kind === "name" ? program.definition(node) : undefined;
  if (definition?.kind === "assigned" && steps > 0) {
    return boundValue(definition.value, program, steps - 1);
  }
  return node;
}

/** `load_dataset(…)`, `data.train_test_split(…)`, and what `.map(…)` makes of them. */
function holdsSplits(call: CallExpression, program: PythonProgram): boolean {
  const name = program.qualifiedName(call.callee);
  if (name !== undefined) return /(?:^|\.)(?:load_dataset|DatasetDict|load_from_disk)$/.test(name);
  if (call.callee.kind !== "attribute") return false;
  if (call.callee.attribute === "train_test_split") return true;
  const source = boundValue(call.callee.value, program);
  return source.kind === "call" && source !== call && holdsSplits(source, program);
}

function roleOfCall(call: CallExpression, search: Search): SplitRole | undefined {
  const { program } = search;
  const found = partOfCall(call, [], program);
  if (found !== undefined) {
    return { part: found.part, proof: "split", span: call.span, origin: undefined };
  }
  const source = dataSource(call, program) ?? returnedBy(call, program);
  return source === undefined ? undefined : roleOf(source, search);
}
