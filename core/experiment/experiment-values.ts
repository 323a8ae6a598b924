import { isJsonObject } from "../formats/json-object.ts";
import type { ExperimentPath } from "./experiment-problem.ts";
import { allowedBy, isHeld, type SchemaNode, schemaAt } from "./schema-node.ts";

/** A value of an experiment that can be replaced by itself. */
export interface ExperimentValue {
  /** As `--set` names it: `penalty.0.lambda`. */
  readonly key: string;
  /** `undefined` where the file does not name the key. */
  readonly value: unknown;
  /** What stands for it where the file does not name it. */
  readonly usual: unknown;
  /** All that it may be, where that is a choice. */
  readonly options: readonly string[];
  /** What is allowed, in words. */
  readonly allowed: string;
  readonly description: string;
}

/**
 * The values of an experiment file in their order, then those that it leaves to their defaults.
 * Total: what the schema does not know is left out.
 *
 * @param file Content of the file.
 */
export function experimentValues(file: unknown): readonly ExperimentValue[] {
  const found = valuesAt(file, [], file);
  return [
    ...found.filter(({ value }) => value !== undefined),
    ...found.filter(({ value }) => value === undefined),
  ];
}

function valuesAt(value: unknown, path: ExperimentPath, file: unknown): readonly ExperimentValue[] {
  const node = schemaAt(path);
  if (node === undefined) return [];
  if (Array.isArray(value) && value.some(isJsonObject)) {
    return value.flatMap((entry, index) => valuesAt(entry, [...path, index], file));
  }
  if (!isJsonObject(value)) return [experimentValue(path, value, node)];
  const { properties = {} } = node;
  const siblings = new Map(Object.entries(value));
  const named = Object.entries(value).flatMap(([key, entry]) =>
    valuesAt(entry, [...path, key], file),
  );
  const others = Object.entries(properties)
    .filter(([key, own]) => !siblings.has(key) && isHeld(own, { siblings, file }))
    .filter(([, own]) => !isComposed(own))
    .map(([key, own]) => experimentValue([...path, key], undefined, own));
  return [...named, ...others];
}

/** True for what is no value but holds some. */
function isComposed({ type, items }: SchemaNode): boolean {
  const types = typeof type === "string" ? [type] : (type ?? []);
  const isListOfObjects = types.includes("array") && items?.properties !== undefined;
  return isListOfObjects || (types.includes("object") && types.length === 1);
}

function experimentValue(path: ExperimentPath, value: unknown, node: SchemaNode): ExperimentValue {
  const isFlag = node.type === "boolean";
  return {
    key: path.join("."),
    value,
    usual: node.default,
    options: isFlag ? ["true", "false"] : (node.enum ?? []).map(String),
    allowed: allowedBy(node),
    description: node.description ?? "",
  };
}
