/** Outcome of checking one JSON value. */
export type Decoded<T> =
  | { readonly ok: true; readonly value: T }
  /** `problem` names the place and what was found there. */
  | { readonly ok: false; readonly problem: string };

/** Checks that a JSON value has a form and gives it that type. `at` names the place, "" the whole. */
export type Decoder<T> = (value: unknown, at: string) => Decoded<T>;

type Fields<T> = { readonly [Key in keyof T]-?: Decoder<Exclude<T[Key], undefined>> };
type OptionalKey<T> = {
  [Key in keyof T]-?: object extends Pick<T, Key> ? Key : never;
}[keyof T];

const SHOWN_CHARACTERS = 60;

function fault(value: unknown, at: string, wanted: string): Decoded<never> {
  const json = value === undefined ? "nothing" : JSON.stringify(value);
  const found = json.length > SHOWN_CHARACTERS ? `${json.slice(0, SHOWN_CHARACTERS)}…` : json;
  return {
    ok: false,
    problem: `${at === "" ? "the value" : at} should be ${wanted}, found ${found}`,
  };
}

/** A decoder from a type guard; `wanted` completes "should be …". */
export function guarded<T>(wanted: string, guard: (value: unknown) => value is T): Decoder<T> {
  return (value, at) => (guard(value) ? { ok: true, value } : fault(value, at, wanted));
}

export const text = guarded("text", (value): value is string => typeof value === "string");

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
  return (value, at) => {
    if (!Array.isArray(value)) return fault(value, at, "a list");
    const items: T[] = [];
    for (const [index, entry] of value.entries()) {
      const decoded = item(entry, `${at}[${index}]`);
      if (!decoded.ok) return decoded;
      items.push(decoded.value);
    }
    return { ok: true, value: items };
  };
}

export function recordOf<T>(item: Decoder<T>): Decoder<Readonly<Record<string, T>>> {
  return (value, at) => {
    if (!isObject(value)) return fault(value, at, "an object");
    const entries: [string, T][] = [];
    for (const [key, entry] of Object.entries(value)) {
      const decoded = item(entry, join(at, key));
      if (!decoded.ok) return decoded;
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
  return (value, at) => {
    if (!isObject(value)) return fault(value, at, "an object");
    const entries: [string, unknown][] = [];
    for (const name of names) {
      const entry = Object.hasOwn(value, name) ? value[name] : undefined;
      if (entry === undefined && optional.some((key) => key === name)) continue;
      const decoded = fields[name](entry, join(at, name));
      if (!decoded.ok) return decoded;
      entries.push([name, decoded.value]);
    }
    return { ok: true, value: Object.fromEntries(entries) as T };
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function join(at: string, key: string): string {
  return at === "" ? key : `${at}.${key}`;
}
