import { type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";
import { nearestWord } from "../text/edit-distance.ts";
import type { ExperimentPath, ExperimentProblem } from "./experiment-problem.ts";
import { WAYS, wayOf } from "./experiment-way.ts";
import {
  allowedBy,
  conditionAt,
  EXPERIMENT_SCHEMA,
  isRequired,
  type KeyPlace,
  type SchemaNode,
  schemaAt,
} from "./schema-node.ts";

let validator: Validator | undefined;

function validate(value: unknown): readonly OutputUnit[] {
  validator ??= new Validator(asSchema(EXPERIMENT_SCHEMA), "7", false);
  return validator.validate(value).errors;
}

function asSchema(node: object): Schema {
  return { ...node };
}

/** What in `value` the schema does not allow, in the order of the schema's keys. Total. */
export function schemaProblems(value: unknown): ExperimentProblem[] {
  try {
    const problems = [
      ...nonFinite(EXPERIMENT_SCHEMA, value, []),
      ...misplaced(EXPERIMENT_SCHEMA, value, [], value),
      ...validate(value).flatMap((unit) => problemsOf(unit, value)),
    ];
    const byPlace = new Map(problems.map((problem) => [JSON.stringify(problem.path), problem]));
    return [...byPlace.values()];
  } catch (error) {
    // The interpreter knows JSON values only; a parser of files cannot give anything else.
    const message = `cannot be checked: ${error instanceof Error ? error.message : String(error)}`;
    return [{ path: [], at: "value", message, allowed: "" }];
  }
}

/** Errors that only repeat what another error of the same value says. */
const STRUCTURAL: readonly string[] = ["properties", "items", "false"];

function problemsOf(unit: OutputUnit, root: unknown): readonly ExperimentProblem[] {
  if (STRUCTURAL.includes(unit.keyword)) return [];
  const { path, value } = locate(unit.instanceLocation, root);
  const node = schemaAt(path) ?? {};
  if (unit.keyword === "additionalProperties") return unknownKeys(path, value, node);
  if (unit.keyword === "required") return missingKeys(path, value, node);
  if (unit.keyword === "enum") return [wrongChoice(path, value, node)];
  const message = `${nameOf(path)} cannot be ${show(value)}`;
  return [{ path, at: "value", message, allowed: `allowed is ${allowedBy(node)}` }];
}

function nameOf(path: ExperimentPath): string {
  const last = path.at(-1);
  if (last === undefined) return "the file";
  return typeof last === "number" ? `\`${path.at(-2)}[${last}]\`` : `\`${last}\``;
}

/** Follows a JSON pointer in a URI fragment. */
function locate(
  pointer: string,
  root: unknown,
): { readonly path: ExperimentPath; readonly value: unknown } {
  let value = root;
  const path = pointer
    .split("/")
    .slice(1)
    .map((token) => {
      const key = decodeURI(token).replaceAll("~1", "/").replaceAll("~0", "~");
      const step = Array.isArray(value) ? Number(key) : key;
      value = entriesOf(value).get(key);
      return step;
    });
  return { path, value };
}

function entriesOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
}

function unknownKeys(path: ExperimentPath, value: unknown, node: SchemaNode): ExperimentProblem[] {
  const known = Object.keys(node.properties ?? {});
  const planned = node["x-planned-keys"] ?? {};
  return [...entriesOf(value).keys()]
    .filter((key) => !known.includes(key))
    .map((key): ExperimentProblem => {
      const place = { path: [...path, key], at: "key" } as const;
      if (Object.hasOwn(planned, key)) {
        const message = `not built yet: \`${key}\` (${planned[key]})`;
        return { ...place, message, allowed: `available: ${known.join(", ")}` };
      }
      const suggestion = nearestWord(key, known);
      return {
        ...place,
        message: `unknown key \`${key}\``,
        allowed:
          suggestion === undefined
            ? `allowed are ${known.join(", ")}`
            : `did you mean \`${suggestion}\`?`,
        ...(suggestion === undefined ? {} : { suggestion }),
      };
    });
}

function missingKeys(path: ExperimentPath, value: unknown, node: SchemaNode): ExperimentProblem[] {
  const given = entriesOf(value);
  return (
    (node.required ?? [])
      .filter((key) => !given.has(key))
      // Each missing key is a problem of its own, shown at the mapping that lacks it.
      .map((key) => missingKey([...path, key], node.properties?.[key] ?? {}))
  );
}

function wrongChoice(path: ExperimentPath, value: unknown, node: SchemaNode): ExperimentProblem {
  const key = path.at(-1);
  const isPlanned = typeof value === "string" && (node["x-planned"] ?? []).includes(value);
  return isPlanned
    ? {
        path,
        at: "value",
        message: `not built yet: \`${key}: ${value}\``,
        allowed: `available: ${allowedBy(node)}`,
      }
    : {
        path,
        at: "value",
        message: `\`${key}\` cannot be ${show(value)}`,
        allowed: `allowed is ${allowedBy(node)}`,
      };
}

/** JSON has no NaN and no infinity, so the schema cannot refuse them; YAML has both. */
function nonFinite(node: SchemaNode, value: unknown, path: ExperimentPath): ExperimentProblem[] {
  if (typeof value === "number" && !Number.isFinite(value)) {
    const message = `${nameOf(path)} cannot be ${value}`;
    return [{ path, at: "value", message, allowed: `allowed is ${allowedBy(node)}` }];
  }
  const { items, properties = {} } = node;
  if (Array.isArray(value) && items !== undefined) {
    return value.flatMap((item: unknown, index) => nonFinite(items, item, [...path, index]));
  }
  const entries = entriesOf(value);
  return Object.entries(properties).flatMap(([key, property]) =>
    nonFinite(property, entries.get(key), [...path, key]),
  );
}

/** Keys that do not hold beside their siblings' values, and missing keys that these values ask for. */
function misplaced(
  node: SchemaNode,
  value: unknown,
  path: ExperimentPath,
  file: unknown,
): ExperimentProblem[] {
  const { items, properties = {} } = node;
  if (Array.isArray(value) && items !== undefined) {
    return value.flatMap((item: unknown, index) => misplaced(items, item, [...path, index], file));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const entries = entriesOf(value);
  const place = { siblings: entries, file };
  return Object.entries(properties).flatMap(([key, property]) => {
    const at = [...path, key];
    const isThere = entries.has(key);
    const unmet = unmetWay(property, file, key) ?? unmetCondition(property, properties, place);
    if (isThere && unmet !== undefined) return [{ path: at, at: "key", ...unmet }];
    if (!isThere && isRequired(property, place)) return [missingKey(at, property)];
    return misplaced(property, entries.get(key), at, file);
  });
}

type Unmet = Pick<ExperimentProblem, "message" | "allowed">;

/** What an experiment of this kind has no use for. */
function unmetWay({ "x-for": ways }: SchemaNode, file: unknown, key: string): Unmet | undefined {
  const way = wayOf(file);
  if (ways === undefined || way === undefined || ways.includes(way)) return undefined;
  const isSteppedToo = way === "solver" && ways.includes("network");
  return {
    message: `\`${key}\` says nothing to ${WAYS[way]}`,
    allowed: `leave it out${isSteppedToo ? ", or take `training.solver: gradient_descent`" : ""}`,
  };
}

/** Why `node` does not hold; a value that is itself at fault is no reason. */
function unmetCondition(
  node: SchemaNode,
  properties: Readonly<Record<string, SchemaNode>>,
  place: KeyPlace,
): Unmet | undefined {
  for (const [condition, values] of Object.entries(node["x-when"] ?? {})) {
    const { found, name, path } = conditionAt(condition, place);
    const looked = path.length === 0 ? properties[condition] : schemaAt(path);
    const isKnown = looked?.enum?.some((value) => value === found) === true;
    if (!isKnown || values.some((value) => value === found)) continue;
    const owners = values.flatMap((value) => (value === null ? [] : `\`${value}\``)).join(", ");
    return {
      message: `\`${name}: ${String(found)}\` does not use this key`,
      allowed: `it goes with ${name} ${owners}`,
    };
  }
  return undefined;
}

/** The key at `path` must be given. */
export function missingKey(path: ExperimentPath, node: SchemaNode): ExperimentProblem {
  const message = `\`${path.at(-1)}\` is missing`;
  return { path, at: "key", message, allowed: `it takes ${allowedBy(node)}` };
}

const MAX_SHOWN = 60;

function show(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) {
    return Object.keys(value).length === 0 ? "an empty mapping" : "a mapping";
  }
  if (value === null) return "empty";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
