import type { Span } from "../../../../core/protocol/span.ts";
import type { ConfigEntry, ConfigMapping, ConfigNode } from "./config-tree.ts";

/** A key as it stands in a header or before `=`. */
export type TableKey = Pick<ConfigEntry, "key" | "keySpan">;

/** A table that is still growing: headers and dotted keys add to it all over the file. */
export interface TomlTable {
  readonly entries: Map<string, TableKey & { readonly value: Value }>;
  readonly span: Span;
}

/** `[[name]]`; its last item is the one that `[name.part]` speaks of. */
interface TomlTables {
  readonly items: TomlTable[];
  readonly span: Span;
}

type Value =
  | { readonly kind: "table"; readonly table: TomlTable }
  | { readonly kind: "tables"; readonly tables: TomlTables }
  | { readonly kind: "node"; readonly node: ConfigNode };

export function tomlTable(span: Span): TomlTable {
  return { entries: new Map(), span };
}

/** The table below `root` that `keys` lead to; created with `span` where there is none yet. */
export function tableAt(root: TomlTable, keys: readonly TableKey[], span: Span): TomlTable {
  let table = root;
  for (const key of keys) {
    const value = table.entries.get(key.key)?.value;
    const known = value?.kind === "table" ? value.table : lastItem(value);
    const next = known ?? tomlTable(span);
    if (known === undefined)
      table.entries.set(key.key, { ...key, value: { kind: "table", table: next } });
    table = next;
  }
  return table;
}

function lastItem(value: Value | undefined): TomlTable | undefined {
  return value?.kind === "tables" ? value.tables.items.at(-1) : undefined;
}

/** A new last item of the list of tables that `keys` lead to. */
export function nextItem(root: TomlTable, keys: readonly TableKey[], span: Span): TomlTable {
  const item = tomlTable(span);
  const last = keys.at(-1);
  if (last === undefined) return item;
  const holder = tableAt(root, keys.slice(0, -1), span);
  const value = holder.entries.get(last.key)?.value;
  if (value?.kind === "tables") value.tables.items.push(item);
  else
    holder.entries.set(last.key, {
      ...last,
      value: { kind: "tables", tables: { items: [item], span } },
    });
  return item;
}

export function setValue(table: TomlTable, key: TableKey, node: ConfigNode): void {
  table.entries.set(key.key, { ...key, value: { kind: "node", node } });
}

/** The table as it is now. */
export function finishTable({ entries, span }: TomlTable): ConfigMapping {
  return {
    kind: "mapping",
    entries: [...entries.values()].map(({ key, keySpan, value }) => ({
      key,
      keySpan,
      value: finishValue(value),
    })),
    span,
  };
}

function finishValue(value: Value): ConfigNode {
  switch (value.kind) {
    case "node":
      return value.node;
    case "table":
      return finishTable(value.table);
    case "tables": {
      const items = value.tables.items.map(finishTable);
      return { kind: "sequence", items, span: value.tables.span };
    }
  }
}
