import { Composer, type CST, isAlias, isMap, isScalar, isSeq, type ParsedNode, Parser } from "yaml";
import type { Span } from "../../../../core/protocol/span.ts";
import { clampSpan } from "./clamp-span.ts";
import {
  type ConfigEntry,
  type ConfigNode,
  type ConfigScalar,
  type ConfigTree,
  MAX_CONFIG_DEPTH,
} from "./config-tree.ts";

/** Reads a YAML stream. Total: what cannot be read becomes an error or is left out. */
export function parseYaml(text: string): ConfigTree {
  const tokens = [...new Parser().parse(text)];
  const composer = new Composer({ keepSourceTokens: true, uniqueKeys: false, logLevel: "silent" });
  const documents = [...composer.compose(tokens, true, text.length)];
  return {
    language: "yaml",
    roots: documents.flatMap((document) => {
      const root = document.contents === null ? undefined : toNode(document.contents, text, 0);
      return root === undefined ? [] : [root];
    }),
    comments: commentsOf(tokens, text),
    errors: documents.flatMap((document) =>
      document.errors.map((error) => ({
        message: error.message,
        span: clampSpan(error.pos[0], error.pos[1], text),
      })),
    ),
  };
}

/** `undefined` for an empty value. */
function toNode(node: ParsedNode, text: string, depth: number): ConfigNode | undefined {
  const span = clampSpan(node.range[0], node.range[1], text);
  if (depth > MAX_CONFIG_DEPTH || isAlias(node)) return { kind: "unknown", span };
  if (isMap(node)) {
    const entries = node.items.flatMap((pair) => {
      const key = entryKey(pair.key, text);
      const value = pair.value === null ? undefined : toNode(pair.value, text, depth + 1);
      return key === undefined ? [] : [{ ...key, value }];
    });
    return { kind: "mapping", entries, span };
  }
  if (isSeq(node)) {
    const items = node.items.map(
      (item): ConfigNode =>
        toNode(item, text, depth + 1) ?? { kind: "unknown", span: spanOf(item, text) },
    );
    return { kind: "sequence", items, span };
  }
  if (!isScalar(node)) return { kind: "unknown", span };
  if (node.tag !== undefined) return { kind: "unknown", span };
  return span.start === span.end ? undefined : toScalar(node.srcToken, span, text);
}

function spanOf(node: ParsedNode, text: string): Span {
  return clampSpan(node.range[0], node.range[1], text);
}

/** `undefined` for keys that are no plain text: collections, aliases, tagged scalars. */
function entryKey(
  key: ParsedNode | null,
  text: string,
): Pick<ConfigEntry, "key" | "keySpan"> | undefined {
  if (key === null || !isScalar(key) || key.tag !== undefined) return undefined;
  const span = spanOf(key, text);
  const scalar = toScalar(key.srcToken, span, text);
  const quote = scalar.style === "single-quoted" || scalar.style === "double-quoted" ? 1 : 0;
  return {
    key: key.source ?? scalar.text,
    keySpan: clampSpan(span.start + quote, span.start + quote + scalar.text.length, text),
  };
}

function toScalar(token: CST.Token | undefined, span: Span, text: string): ConfigScalar {
  const source = text.slice(span.start, span.end);
  switch (token?.type) {
    case "single-quoted-scalar":
      return { kind: "scalar", text: unquote(source, "'"), style: "single-quoted", span };
    case "double-quoted-scalar":
      return { kind: "scalar", text: unquote(source, '"'), style: "double-quoted", span };
    case "block-scalar":
      return { kind: "scalar", text: token.source, style: "block", span };
    default:
      return { kind: "scalar", text: source, style: "plain", span };
  }
}

/** Tolerates a missing closing quote. */
function unquote(source: string, quote: string): string {
  const end = source.length > 1 && source.endsWith(quote) ? -1 : undefined;
  return source.slice(1, end);
}

/** Comments hang anywhere in the token tree; a stack of its own keeps deep nesting harmless. */
function commentsOf(tokens: readonly CST.Token[], text: string): ConfigTree["comments"] {
  const found: { readonly text: string; readonly span: Span }[] = [];
  const open: (CST.Token | CST.CollectionItem)[] = [...tokens];
  for (let token = open.pop(); token !== undefined; token = open.pop()) {
    if ("type" in token && token.type === "comment") {
      const span = clampSpan(token.offset, token.offset + token.source.length, text);
      found.push({ text: token.source.slice(1), span });
    }
    // One by one: a list may be longer than a call takes arguments.
    for (const child of childrenOf(token)) open.push(child);
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

function childrenOf(token: CST.Token | CST.CollectionItem): (CST.Token | CST.CollectionItem)[] {
  return [
    ...("start" in token ? [token.start].flat() : []),
    ...("key" in token && token.key ? [token.key] : []),
    ...("sep" in token && token.sep ? token.sep : []),
    ...("value" in token && token.value ? [token.value] : []),
    ...("items" in token ? token.items : []),
    ...("props" in token ? token.props : []),
    ...("end" in token && token.end ? token.end : []),
  ];
}
