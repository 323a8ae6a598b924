import type { CallExpression } from "../syntax/python/ast.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";
import type { RecordValue, ScalarValue, Value, ValueReader } from "./value.ts";

type Field = () => Value | undefined;

const UNKNOWN: Field = () => undefined;

/**
 * What `parser.parse_args()` gives when the command line is empty. All parsers of a document are
 * read as one: an option with two different defaults is unknown.
 */
export function parsedArguments(
  call: CallExpression,
  reader: ValueReader,
): RecordValue | undefined {
  const [given] = call.arguments;
  const isScripted =
    given !== undefined &&
    (given.value.kind === "list" || given.value.kind === "tuple") &&
    given.value.elements.length > 0;
  if (isScripted) return undefined;
  const fields = optionsOf(reader);
  return fields.size === 0 ? undefined : { kind: "record", fields, isOpen: true };
}

const found = new WeakMap<PythonProgram, ReadonlyMap<string, Field>>();

function optionsOf(reader: ValueReader): ReadonlyMap<string, Field> {
  const known = found.get(reader.program) ?? allOptions(reader);
  found.set(reader.program, known);
  return known;
}

function allOptions(reader: ValueReader): ReadonlyMap<string, Field> {
  const { calls } = programIndex(reader.program);
  const overrides = calls.filter(({ name }) => name === "set_defaults");
  const overridden = overrides.flatMap(({ call }) => call.arguments);
  if (overridden.some(({ splat }) => splat !== "none")) return new Map();
  const options = new Map<string, Field>();
  for (const { call, name } of calls) {
    const destination = name === "add_argument" ? destinationOf(call) : undefined;
    if (destination === undefined) continue;
    const before = options.get(destination);
    const field: Field = () => defaultOf(call, reader);
    options.set(destination, before === undefined ? field : () => agreed(before(), field()));
  }
  for (const { name } of overridden) {
    if (name !== undefined && options.has(name)) options.set(name, UNKNOWN);
  }
  return options;
}

function agreed(a: Value | undefined, b: Value | undefined): Value | undefined {
  return a?.kind === "scalar" && b?.kind === "scalar" && a.value === b.value ? a : undefined;
}

const keyword = (call: CallExpression, name: string) =>
  call.arguments.find((argument) => argument.name === name)?.value;

/** `weight_decay` for `add_argument("-w", "--weight-decay")`: the first long option, or `dest`. */
function destinationOf(call: CallExpression): string | undefined {
  const dest = keyword(call, "dest");
  if (dest !== undefined) return dest.kind === "string" ? dest.value : undefined;
  const flags = call.arguments.flatMap(({ name, value }) =>
    name === undefined && value.kind === "string" && value.value !== undefined ? [value.value] : [],
  );
  const flag = flags.find((text) => text.startsWith("--")) ?? flags[0];
  return flag?.replace(/^-+/, "").replaceAll("-", "_");
}

function defaultOf(call: CallExpression, { program, read }: ValueReader): Value | undefined {
  const isSplat = call.arguments.some(({ splat }) => splat !== "none");
  const required = keyword(call, "required");
  const isRequired = required?.kind === "constant" && required.value === true;
  const [flag] = call.arguments;
  const isPositional = flag?.value.kind === "string" && !flag.value.value?.startsWith("-");
  const given = keyword(call, "default");
  if (isSplat || isRequired || (isPositional && given === undefined)) return undefined;
  if (given === undefined) return withoutDefault(call);
  const value = read(given);
  return value?.kind === "scalar"
    ? converted(value, program.qualifiedName, keyword(call, "type"))
    : undefined;
}

function withoutDefault(call: CallExpression): ScalarValue | undefined {
  const action = keyword(call, "action");
  const base = { kind: "scalar", certainty: "default", span: call.span } as const;
  if (action === undefined) return { ...base, value: null };
  if (action.kind !== "string") return undefined;
  if (action.value === "store_true") return { ...base, value: false };
  return action.value === "store_false" ? { ...base, value: true } : undefined;
}

/** argparse sends a default through `type` when it is a string, and only then. */
function converted(
  value: ScalarValue,
  qualifiedName: PythonProgram["qualifiedName"],
  type: ReturnType<typeof keyword>,
): ScalarValue | undefined {
  const plain: ScalarValue = { ...value, certainty: "default" };
  if (typeof value.value !== "string" || type === undefined) return plain;
  const name = type.kind === "name" && qualifiedName(type) === undefined ? type.id : "";
  if (name === "str") return plain;
  const number = Number(value.value);
  const isNumber = (name === "float" || name === "int") && !Number.isNaN(number);
  return isNumber ? { ...plain, value: number } : undefined;
}
