import type { ConfigMapping, ConfigNode, ConfigTree } from "../syntax/config/config-tree.ts";
import type { ConfigPath } from "./path-pattern.ts";

/** A mapping of a config and where it lies. */
export interface PlacedMapping {
  readonly path: ConfigPath;
  readonly mapping: ConfigMapping;
}

/** Every mapping of a file, outer ones first. */
export function mappingsIn(tree: ConfigTree): readonly PlacedMapping[] {
  return tree.roots.flatMap((root) => below(root, []));
}

function below(node: ConfigNode, path: ConfigPath): PlacedMapping[] {
  if (node.kind === "sequence") {
    return node.items.flatMap((item, index) => below(item, [...path, index]));
  }
  if (node.kind !== "mapping") return [];
  const inner = node.entries.flatMap(({ key, value }) =>
    value === undefined ? [] : below(value, [...path, key]),
  );
  return [{ path, mapping: node }, ...inner];
}

/** The mapping at a dotted path; `undefined` where there is none. */
export function mappingAt(tree: ConfigTree, dotted: string): ConfigMapping | undefined {
  return mappingsIn(tree).find(({ path }) => path.join(".") === dotted)?.mapping;
}
