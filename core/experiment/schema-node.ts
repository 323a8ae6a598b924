import schema from "./experiment.schema.json" with { type: "json" };
import type { ExperimentPath } from "./experiment-problem.ts";
import { valueAt, wayOf } from "./experiment-way.ts";

/** A node of the experiment schema, as far as it is read here. */
export interface SchemaNode {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly (string | number | boolean)[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  /** What keys that `properties` does not name may have; false where there may be none. */
  readonly additionalProperties?: boolean | SchemaNode;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  /**
   * The key holds only where its siblings have one of these values: `{ source: ["csv"] }`; null stands
   * for one that is not given, `/model/type` for a key from the root of the file. Elsewhere it has no
   * default and is refused.
   */
  readonly "x-when"?: Readonly<Record<string, readonly (string | null)[]>>;
  /** The key holds only for experiments that are run in one of these ways, see `WAYS`. */
  readonly "x-for"?: readonly string[];
  /** Defaults other than `default` by a sibling's value: `{ type: { bilstm: 100 } }`. */
  readonly "x-default-for"?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The key must be given wherever it holds, or wherever it holds for one of these ways. */
  readonly "x-required"?: boolean | readonly string[];
  /** Values the design names and the trainer does not have yet. */
  readonly "x-planned"?: readonly string[];
  /** Keys the design names and the trainer does not have yet, with what they are for. */
  readonly "x-planned-keys"?: Readonly<Record<string, string>>;
}

/** Schema of `*.normlens.yaml`. */
export const EXPERIMENT_SCHEMA: SchemaNode = schema;

/** Where a key stands: what decides whether it holds. */
export interface KeyPlace {
  readonly siblings: ReadonlyMap<string, unknown>;
  /** Content of the whole file. */
  readonly file: unknown;
}

/** True where siblings and file are as `node` wants them to be. */
export function isHeld(node: SchemaNode, place: KeyPlace): boolean {
  return (
    isForWay(node["x-for"], place.file) &&
    Object.entries(node["x-when"] ?? {}).every(([condition, values]) =>
      values.some((value) => value === conditionAt(condition, place).found),
    )
  );
}

/** True where `node` holds and must be given. */
export function isRequired(node: SchemaNode, place: KeyPlace): boolean {
  const { "x-required": required = false } = node;
  const isAsked = typeof required === "boolean" ? required : isForWay(required, place.file);
  return isAsked && isHeld(node, place);
}

/** A file that does not say how it is run may be run in any way. */
function isForWay(ways: readonly string[] | undefined, file: unknown): boolean {
  const way = ways === undefined ? undefined : wayOf(file);
  return ways === undefined || way === undefined || ways.includes(way);
}

/** What an entry of `x-when` looks at: its value, null where there is none, and its name for people. */
export function conditionAt(
  condition: string,
  { siblings, file }: KeyPlace,
): { readonly found: unknown; readonly name: string; readonly path: readonly string[] } {
  const path = condition.split("/").slice(1);
  return path.length === 0
    ? { found: siblings.get(condition) ?? null, name: condition, path }
    : { found: valueAt(file, path) ?? null, name: path.join("."), path };
}

/** The schema of the value at `path`; `undefined` where the schema knows no such place. */
export function schemaAt(path: ExperimentPath): SchemaNode | undefined {
  let node: SchemaNode | undefined = EXPERIMENT_SCHEMA;
  for (const step of path) {
    if (node === undefined) return undefined;
    node = typeof step === "number" ? node.items : propertyOf(node, step);
  }
  return node;
}

function propertyOf({ properties, additionalProperties: others }: SchemaNode, key: string) {
  return ownProperty(properties, key) ?? (typeof others === "object" ? others : undefined);
}

function ownProperty<Value>(
  record: Readonly<Record<string, Value>> | undefined,
  key: string,
): Value | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** What `node` allows, in words without a full stop: "a number from 0 to 1". */
export function allowedBy(node: SchemaNode): string {
  if (node.enum !== undefined) return node.enum.map((value) => `\`${value}\``).join(", ");
  const types = typeof node.type === "string" ? [node.type] : (node.type ?? []);
  return types.map((type) => allowedOfType(type, node)).join(", or ");
}

function allowedOfType(type: string, node: SchemaNode): string {
  switch (type) {
    case "integer":
      return `a whole number${range(node)}`;
    case "number":
      return `a number${range(node)}`;
    case "boolean":
      return "true or false";
    case "string":
      return node.maxLength === undefined ? "text" : `text of at most ${node.maxLength} characters`;
    case "array":
      return node.items === undefined ? "a list" : `a list, each entry ${allowedBy(node.items)}`;
    case "object":
      return typeof node.additionalProperties === "object"
        ? `a mapping, each value ${allowedBy(node.additionalProperties)}`
        : `a mapping with the keys ${Object.keys(node.properties ?? {}).join(", ")}`;
    default:
      return type;
  }
}

function range(node: SchemaNode): string {
  const bounds = [
    node.minimum === undefined ? "" : `at least ${node.minimum}`,
    node.exclusiveMinimum === undefined ? "" : `above ${node.exclusiveMinimum}`,
    node.maximum === undefined ? "" : `at most ${node.maximum}`,
    node.exclusiveMaximum === undefined ? "" : `below ${node.exclusiveMaximum}`,
  ].filter((bound) => bound !== "");
  return bounds.length === 0 ? "" : ` ${bounds.join(" and ")}`;
}
