import { isJsonObject } from "../formats/json-object.ts";

/** Outcome of checking one JSON value. */
export type Decoded<T> = { readonly ok: true; readonly value: T } | Fault;

interface Fault {
  readonly ok: false;
  /** Path from the checked value to the fault, outermost first. */
  readonly at: readonly (string | number)[];
  readonly wanted: string;
  readonly found: unknown;
}

/** Checks that a JSON value has a form and gives it that type. */
export type Decoder<T> = (value: unknown) => Decoded<T>;

type Fields<T> = { readonly [Key in keyof T]-?: Decoder<Exclude<T[Key], undefined>> };
type OptionalKey<T> = {
  [Key in keyof T]-?: object extends Pick<T, Key> ? Key : never;
}[keyof T];

const SHOWN_CHARACTERS = 60;

/** A fault in one sentence: the place, what should be there, and what was found. */
export function faultText({ at, wanted, found }: Fault): string {
  const place = at.reduce<string>((path, part) => {
    if (typeof part === "number") return `${path}[${part}]`;
    return path === "" ? part : `${path}.${part}`;
  }, "");
  const json = found === undefined ? "nothing" : JSON.stringify(found);
  const shown = json.length > SHOWN_CHARACTERS ? `${json.slice(0, SHOWN_CHARACTERS)}…` : json;
  return `${place === "" ? "the value" : place} should be ${wanted}, found ${shown}`;
}

/** A decoder from a type guard; `wanted` completes "should be …". */
export function guarded<T>(wanted: string, guard: (value: unknown) => value is T): Decoder<T> {
  return (value) => (guard(value) ? { ok: true, value } : fault(wanted, value));
}

export const text = guarded("text", (value): value is string => typeof value === "string");

export const flag = guarded(
  "true or false",
  (value): value is boolean => typeof value === "boolean",
);

/**
 * Also NaN and ±Infinity. A worker's messages carry them as they are; on the way to a page VS Code
 * writes what is no typed array as JSON, which makes null of all three: it is read as NaN.
 */
export const number: Decoder<number> = (value) =>
  value === null ? { ok: true, value: Number.NaN } : anyNumber(value);

const anyNumber = guarded("a number", (value): value is number => typeof value === "number");

export const numbers64 = guarded(
  "a Float64Array",
  (value): value is Float64Array => value instanceof Float64Array,
);

export const numbers32 = guarded(
  "a Float32Array",
  (value): value is Float32Array => value instanceof Float32Array,
);

export const bytes = guarded(
  "a Uint8Array",
  (value): value is Uint8Array => value instanceof Uint8Array,
);

export const finiteNumber = guarded(
  "a number",
  (value): value is number => typeof value === "number" && Number.isFinite(value),
);

export const naturalNumber = guarded(
  "a whole number from 0",
  (value): value is number =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= 0,
);

export function oneOf<const T extends string | number>(...options: readonly T[]): Decoder<T> {
  return guarded(
    options.map((option) => JSON.stringify(option)).join(" or "),
    (value): value is T => options.some((option) => option === value),
  );
}

export function listOf<T>(item: Decoder<T>): Decoder<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return fault("a list", value);
    const items: T[] = [];
    for (const [index, entry] of value.entries()) {
      const decoded = item(entry);
      if (!decoded.ok) return inside(index, decoded);
      items.push(decoded.value);
    }
    return { ok: true, value: items };
  };
}

export function recordOf<T>(item: Decoder<T>): Decoder<Readonly<Record<string, T>>> {
  return (value) => {
    if (!isJsonObject(value)) return fault("an object", value);
    const entries: [string, T][] = [];
    for (const [key, entry] of Object.entries(value)) {
      const decoded = item(entry);
      if (!decoded.ok) return inside(key, decoded);
      entries.push([key, decoded.value]);
    }
    return { ok: true, value: Object.fromEntries(entries) };
  };
}

/** An object with the given fields, of which the `optional` ones may be absent; others are dropped. */
export function objectOf<T extends object>(
  fields: Fields<T>,
  optional: readonly OptionalKey<T>[] = [],
): Decoder<T> {
  const names = Object.keys(fields) as (keyof T & string)[];
  return (value) => {
    if (!isJsonObject(value)) return fault("an object", value);
    const entries: [string, unknown][] = [];
    for (const name of names) {
      const entry = Object.hasOwn(value, name) ? value[name] : undefined;
      if (entry === undefined && optional.some((key) => key === name)) continue;
      const decoded = fields[name](entry);
      if (!decoded.ok) return inside(name, decoded);
      entries.push([name, decoded.value]);
    }
    return { ok: true, value: Object.fromEntries(entries) as T };
  };
}

export function fault(wanted: string, found: unknown): Fault {
  return { ok: false, at: [], wanted, found };
}

/** The same fault as seen from the object or list around it. */
function inside(key: string | number, { at, ...rest }: Fault): Fault {
  return { at: [key, ...at], ...rest };
}
