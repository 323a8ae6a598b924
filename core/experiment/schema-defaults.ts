import { isHeld, isRequired, type SchemaNode } from "./schema-node.ts";

/**
 * `value` with the schema's defaults where keys are absent, at every depth that the schema knows.
 * Keys that hold only beside certain values get a default only there; what they depend on stands
 * before them in the schema. What does not fit the schema is left as it is; nothing is changed in place.
 * `file` is the whole of which `value` is a part.
 */
export function withDefaults(node: SchemaNode, value: unknown, file: unknown = value): unknown {
  if (value === undefined) {
    return node.default === undefined ? undefined : withDefaults(node, node.default, file);
  }
  if (Array.isArray(value)) {
    const { items } = node;
    return items === undefined
      ? value
      : value.map((item: unknown) => withDefaults(items, item, file));
  }
  if (typeof value !== "object" || value === null || node.properties === undefined) return value;
  return filledIn(node.properties, new Map<string, unknown>(Object.entries(value)), file);
}

function filledIn(
  properties: Readonly<Record<string, SchemaNode>>,
  given: Map<string, unknown>,
  file: unknown,
): unknown {
  for (const [key, property] of Object.entries(properties)) {
    const place = { siblings: given, file };
    if (!given.has(key) && (!isHeld(property, place) || isRequired(property, place))) continue;
    const value = given.has(key) ? given.get(key) : defaultBeside(property, given);
    const filled = withDefaults(property, value, file);
    if (filled !== undefined) given.set(key, filled);
  }
  return Object.fromEntries(given);
}

/** The default that a sibling's value calls for; `undefined` where the node's own one holds. */
function defaultBeside(node: SchemaNode, siblings: ReadonlyMap<string, unknown>): unknown {
  for (const [sibling, byValue] of Object.entries(node["x-default-for"] ?? {})) {
    const found = siblings.get(sibling);
    if (typeof found === "string" && Object.hasOwn(byValue, found)) return byValue[found];
  }
  return undefined;
}
