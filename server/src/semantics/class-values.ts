import type {
  CallExpression,
  ClassStatement,
  Expression,
  FunctionStatement,
} from "../syntax/python/ast.ts";
import { ownAttributes } from "./model-view.ts";
import { lastName, programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";
import { asDefault, type RecordValue, type Value, type ValueReader } from "./value.ts";

type Field = () => Value | undefined;

const UNKNOWN: Field = () => undefined;

/** Values in the body of a class: `class Config: lr = 0.1`, the fields of a dataclass too. */
export function classValue(owner: ClassStatement, reader: ValueReader): RecordValue {
  const fields = new Map<string, Field>();
  for (const statement of owner.body) {
    if (statement.kind !== "assign") continue;
    const { targets, value } = statement;
    for (const target of targets) {
      if (target.kind !== "name") continue;
      const isAgain = fields.has(target.id);
      fields.set(target.id, isAgain || value === undefined ? UNKNOWN : fieldOf(value, reader));
    }
  }
  return { kind: "record", fields, isOpen: hasBases(owner) };
}

const hasBases = ({ bases }: ClassStatement) =>
  bases.some(({ value }) => !(value.kind === "name" && value.id === "object"));

/** A field's default, written plainly or as `field(default=0.1)`. */
function fieldOf(value: Expression, reader: ValueReader): Field {
  const isField = value.kind === "call" && /^[Ff]ield$/.test(lastName(value.callee) ?? "");
  if (!isField) return () => reader.read(value);
  const [first] = value.arguments;
  const given =
    value.arguments.find(({ name }) => name === "default")?.value ??
    (first?.name === undefined ? first?.value : undefined);
  return given === undefined ? UNKNOWN : () => reader.read(given);
}

/** What `Config(lr=0.1)` holds. */
export function instanceValue(
  owner: ClassStatement,
  call: CallExpression | undefined,
  reader: ValueReader,
): RecordValue | undefined {
  const body = classValue(owner, reader);
  const fields = new Map<string, Field>(body.fields);
  const hasInit = owner.body.some(
    ({ kind, ...rest }) => "name" in rest && rest.name === "__init__",
  );
  for (const [name, field] of ownFields(owner, reader)) {
    fields.set(name, body.fields.has(name) ? UNKNOWN : field);
  }
  if (hasInit || call === undefined) return { ...body, fields };
  const names = [...body.fields.keys()];
  for (const [index, { name, splat, value }] of call.arguments.entries()) {
    if (splat !== "none") return undefined;
    const field = name ?? names[index];
    if (field !== undefined) fields.set(field, () => reader.read(value));
  }
  return { ...body, fields };
}

/** `self.x = value`, for the attributes that are given one value. */
function ownFields(owner: ClassStatement, reader: ValueReader): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  for (const { name, value } of ownAttributes(owner)) {
    fields.set(name, fields.has(name) ? UNKNOWN : () => reader.read(value));
  }
  return fields;
}

/** What `self` of a method holds; a subclass may have other values in its body. */
export function selfValue(method: FunctionStatement, reader: ValueReader): RecordValue | undefined {
  const owner = classOf(method, reader.program);
  if (owner === undefined) return undefined;
  const instance = instanceValue(owner, undefined, reader);
  const inBody = classValue(owner, reader).fields;
  const fields = new Map<string, Field>();
  for (const [name, field] of instance?.fields ?? []) {
    fields.set(name, inBody.has(name) ? () => asDefault(field()) : field);
  }
  const hyper = savedHyperparameters(owner, reader);
  if (hyper !== undefined) fields.set("hparams", () => hyper);
  return { kind: "record", fields, isOpen: true };
}

/** Lightning's `self.hparams`, after `self.save_hyperparameters()`. */
function savedHyperparameters(owner: ClassStatement, reader: ValueReader): RecordValue | undefined {
  const init = owner.body.find(
    (statement): statement is FunctionStatement =>
      statement.kind === "function" && statement.name === "__init__",
  );
  const saves = init?.body.some(
    (statement) =>
      statement.kind === "expression" &&
      statement.value.kind === "call" &&
      lastName(statement.value.callee) === "save_hyperparameters",
  );
  if (init === undefined || saves !== true) return undefined;
  const fields = new Map<string, Field>();
  for (const { name, default: value } of init.parameters) {
    if (value !== undefined) fields.set(name, () => asDefault(reader.read(value)));
  }
  return { kind: "record", fields, isOpen: true };
}

const owners = new WeakMap<PythonProgram, ReadonlyMap<FunctionStatement, ClassStatement>>();

/** The class that a function is a method of. */
export function classOf(
  method: FunctionStatement,
  program: PythonProgram,
): ClassStatement | undefined {
  const known = owners.get(program) ?? allMethods(program);
  owners.set(program, known);
  return known.get(method);
}

function allMethods(program: PythonProgram): ReadonlyMap<FunctionStatement, ClassStatement> {
  const methods = new Map<FunctionStatement, ClassStatement>();
  for (const { statement, within } of programIndex(program).statements) {
    const scope = within.at(-1);
    if (statement.kind === "function" && scope?.kind === "class") methods.set(statement, scope);
  }
  return methods;
}
