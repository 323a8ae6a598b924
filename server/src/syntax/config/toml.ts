import { type AST, ParseError, parseTOML } from "toml-eslint-parser";
import type { Span } from "../../../../core/protocol/span.ts";
import { clampSpan } from "./clamp-span.ts";
import {
  type ConfigNode,
  type ConfigScalar,
  type ConfigTree,
  MAX_CONFIG_DEPTH,
} from "./config-tree.ts";
import {
  finishTable,
  nextItem,
  setValue,
  type TableKey,
  tableAt,
  tomlTable,
} from "./toml-table.ts";

/** Reads TOML 1.0. Total: a file that TOML refuses has an error and no root. */
export function parseToml(text: string): ConfigTree {
  try {
    const program = parseTOML(text, { tomlVersion: "1.0" });
    return {
      language: "toml",
      roots: [rootOf(program.body[0], text)],
      comments: program.comments.map(({ value, range }) => ({
        text: value,
        span: spanOf({ range }, text),
      })),
      errors: [],
    };
  } catch (error) {
    // Everything that the parser cannot read it throws; only its own errors know where.
    const message = error instanceof Error ? error.message : String(error);
    const at = error instanceof ParseError ? error.index : 0;
    const span = clampSpan(at, at + 1, text);
    return { language: "toml", roots: [], comments: [], errors: [{ message, span }] };
  }
}

function rootOf({ body, range }: AST.TOMLTopLevelTable, text: string): ConfigNode {
  const root = tomlTable(spanOf({ range }, text));
  for (const item of body) {
    if (item.type === "TOMLKeyValue") {
      setKey(root, item, text, 0);
      continue;
    }
    if (item.key.keys.length > MAX_CONFIG_DEPTH) continue;
    const span = spanOf(item, text);
    const keys = item.key.keys.map((key) => keyOf(key, text));
    const table = item.kind === "array" ? nextItem(root, keys, span) : tableAt(root, keys, span);
    for (const entry of item.body) setKey(table, entry, text, 0);
  }
  return finishTable(root);
}

type Table = ReturnType<typeof tomlTable>;

function setKey(table: Table, { key, value }: AST.TOMLKeyValue, text: string, depth: number): void {
  if (key.keys.length > MAX_CONFIG_DEPTH) return;
  const keys = key.keys.map((item) => keyOf(item, text));
  const last = keys.at(-1);
  if (last === undefined) return;
  const holder = tableAt(table, keys.slice(0, -1), spanOf(key, text));
  setValue(holder, last, toNode(value, text, depth + keys.length));
}

function toNode(node: AST.TOMLContentNode, text: string, depth: number): ConfigNode {
  const span = spanOf(node, text);
  if (depth > MAX_CONFIG_DEPTH) return { kind: "unknown", span };
  if (node.type === "TOMLArray") {
    const items = node.elements.map((item) => toNode(item, text, depth + 1));
    return { kind: "sequence", items, span };
  }
  if (node.type === "TOMLValue") return toScalar(node, span, text);
  const table = tomlTable(span);
  for (const entry of node.body) setKey(table, entry, text, depth + 1);
  return finishTable(table);
}

function toScalar(node: AST.TOMLValue, span: Span, text: string): ConfigScalar {
  const source = text.slice(span.start, span.end);
  if (node.kind !== "string") return { kind: "scalar", text: source, style: "plain", span };
  const quotes = node.multiline ? 3 : 1;
  const style = node.style === "basic" ? "double-quoted" : "single-quoted";
  return { kind: "scalar", text: source.slice(quotes, -quotes), style, span };
}

function keyOf(key: AST.TOMLBare | AST.TOMLQuoted, text: string): TableKey {
  const span = spanOf(key, text);
  return key.type === "TOMLBare"
    ? { key: key.name, keySpan: span }
    : { key: key.value, keySpan: clampSpan(span.start + 1, span.end - 1, text) };
}

function spanOf({ range }: { readonly range: readonly [number, number] }, text: string): Span {
  return clampSpan(range[0], range[1], text);
}
