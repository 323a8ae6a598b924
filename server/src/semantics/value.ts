import type { Span } from "../../../core/protocol/span.ts";
import type { Expression } from "../syntax/python/ast.ts";
import type { PythonProgram } from "./python-program.ts";

export type Scalar = number | string | boolean | null;

/**
 * `constant`: the program runs with this value; `default`: it does unless a caller, a command line
 * or a configuration gives another.
 */
export type Certainty = "constant" | "default";

/** A value that an expression is known to have. What is not known has no value at all. */
export type Value = ScalarValue | RecordValue;

export interface ScalarValue {
  readonly kind: "scalar";
  /** `null` is Python's None. */
  readonly value: Scalar;
  readonly certainty: Certainty;
  /** Where the value is written, wherever it is used. */
  readonly span: Span;
}

/** A dict, a namespace or an object with attributes. */
export interface RecordValue {
  readonly kind: "record";
  /** Read on demand; a field may be there and its value unknown. */
  readonly fields: ReadonlyMap<string, () => Value | undefined>;
  /** True where there may be other fields than these. */
  readonly isOpen: boolean;
}

/** Reads expressions of one program for the parts of a value. */
export interface ValueReader {
  readonly program: PythonProgram;
  read(node: Expression): Value | undefined;
}

/** The same value, known only as a default. */
export function asDefault(value: Value | undefined): Value | undefined {
  if (value === undefined) return undefined;
  if (value.kind === "scalar") return { ...value, certainty: "default" };
  return mapFields(value, (_name, field) => () => asDefault(field()));
}

/** A record with some of its fields replaced. */
export function mapFields(
  record: RecordValue,
  change: (name: string, field: () => Value | undefined) => () => Value | undefined,
): RecordValue {
  const fields = [...record.fields].map(([name, field]) => [name, change(name, field)] as const);
  return { ...record, fields: new Map(fields) };
}

export function weaker(a: Certainty, b: Certainty): Certainty {
  return a === "default" ? a : b;
}
