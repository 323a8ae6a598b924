import type { Span } from "../../../core/protocol/span.ts";
import type { ConfigNode, ConfigTree } from "../syntax/config/config-tree.ts";
import type { ConfigPath } from "./path-pattern.ts";

/** A key with its value, or one value of a list under a key. */
export interface ConfigEntryView {
  readonly path: ConfigPath;
  /** The nearest key above the value. */
  readonly key: string;
  readonly keySpan: Span;
  readonly value: ConfigNode | undefined;
  /** True for values of a list; the list itself is an entry as well. */
  readonly isItem: boolean;
  /** All keys of the mapping that holds `key`. */
  readonly siblings: readonly string[];
}

/** Every key and every list value of a file, in source order. */
export function configEntries(tree: ConfigTree): ConfigEntryView[] {
  return tree.roots.flatMap((root) => below(root, [], undefined));
}

function below(
  node: ConfigNode,
  path: ConfigPath,
  holder: ConfigEntryView | undefined,
): ConfigEntryView[] {
  if (node.kind === "mapping") {
    const siblings = node.entries.map(({ key }) => key);
    return node.entries.flatMap(({ key, keySpan, value }) => {
      const entry = { path: [...path, key], key, keySpan, value, isItem: false, siblings };
      return [entry, ...(value === undefined ? [] : below(value, entry.path, entry))];
    });
  }
  if (node.kind !== "sequence") return [];
  return node.items.flatMap((value, index) => {
    const item = [...path, index];
    const entry = holder === undefined ? [] : [{ ...holder, path: item, value, isItem: true }];
    return [...entry, ...below(value, item, entry[0])];
  });
}
