import { isHeld, type SchemaNode } from "./schema-node.ts";

/**
 * `value` with the schema's defaults where keys are absent, at every depth that the schema knows.
 * Keys that hold only beside certain values get a default only there; what they depend on stands
 * before them in the schema. What does not fit the schema is left as it is; nothing is changed in place.
 */
export function withDefaults(node: SchemaNode, value: unknown): unknown {
  if (value === undefined) {
    return node.default === undefined ? undefined : withDefaults(node, node.default);
  }
  if (Array.isArray(value)) {
    const { items } = node;
    return items === undefined ? value : value.map((item: unknown) => withDefaults(items, item));
  }
  if (typeof value !== "object" || value === null || node.properties === undefined) return value;
  const given = new Map<string, unknown>(Object.entries(value));
  for (const [key, property] of Object.entries(node.properties)) {
    if (!given.has(key) && !isHeld(property, given)) continue;
    const filled = withDefaults(property, given.get(key));
    if (filled !== undefined) given.set(key, filled);
  }
  return Object.fromEntries(given);
}
