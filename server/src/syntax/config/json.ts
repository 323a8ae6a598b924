import {
  createScanner,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser";
import type { Span } from "../../../../core/protocol/span.ts";
import { clampSpan } from "./clamp-span.ts";
import {
  type ConfigEntry,
  type ConfigNode,
  type ConfigTree,
  MAX_CONFIG_DEPTH,
} from "./config-tree.ts";

/** Reads JSON, comments and trailing commas tolerated. Total: what cannot be read becomes an error. */
export function parseJson(text: string): ConfigTree {
  const comments = commentsIn(text);
  const tooDeep = tooDeepAt(text);
  if (tooDeep !== undefined) {
    const message = `Nested deeper than ${MAX_CONFIG_DEPTH} levels`;
    return { language: "json", roots: [], comments, errors: [{ message, span: tooDeep }] };
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  return {
    language: "json",
    roots: root === undefined ? [] : [toNode(root, text)],
    comments,
    errors: errors.map(({ error, offset, length }) => ({
      message: printParseErrorCode(error),
      span: clampSpan(offset, offset + length, text),
    })),
  };
}

function* tokensOf(text: string): Generator<{ readonly source: string; readonly span: Span }> {
  const scanner = createScanner(text);
  do {
    scanner.scan();
    const start = scanner.getTokenOffset();
    const span = clampSpan(start, start + scanner.getTokenLength(), text);
    yield { source: text.slice(span.start, span.end), span };
  } while (scanner.getPosition() < text.length);
}

function commentsIn(text: string): ConfigTree["comments"] {
  return [...tokensOf(text)]
    .filter(({ source }) => source.startsWith("//") || source.startsWith("/*"))
    .map(({ source, span }) => ({ text: source.slice(2).replace(/\*\/$/, ""), span }));
}

/** Where the nesting first exceeds the limit: the parser recurses and would overflow. */
function tooDeepAt(text: string): Span | undefined {
  let depth = 0;
  for (const { source, span } of tokensOf(text)) {
    if (source === "{" || source === "[") depth++;
    if (source === "}" || source === "]") depth--;
    if (depth > MAX_CONFIG_DEPTH) return span;
  }
  return undefined;
}

function toNode(node: Node, text: string): ConfigNode {
  const span = spanOf(node, text);
  switch (node.type) {
    case "object": {
      const entries = (node.children ?? []).flatMap((property) => entryOf(property, text));
      return { kind: "mapping", entries, span };
    }
    case "array": {
      const items = (node.children ?? []).map((item) => toNode(item, text));
      return { kind: "sequence", items, span };
    }
    case "string": {
      const inner = innerSpan(span, text);
      return {
        kind: "scalar",
        text: text.slice(inner.start, inner.end),
        style: "double-quoted",
        span,
      };
    }
    case "number":
    case "boolean":
    case "null":
      return { kind: "scalar", text: text.slice(span.start, span.end), style: "plain", span };
    case "property":
      return { kind: "unknown", span };
  }
}

function entryOf(property: Node, text: string): ConfigEntry[] {
  const [key, value] = property.children ?? [];
  if (key === undefined || typeof key.value !== "string") return [];
  return [
    {
      key: key.value,
      keySpan: innerSpan(spanOf(key, text), text),
      value: value === undefined ? undefined : toNode(value, text),
    },
  ];
}

function spanOf(node: Node, text: string): Span {
  return clampSpan(node.offset, node.offset + node.length, text);
}

/** The span between the quotes; tolerates a missing closing one. */
function innerSpan(span: Span, text: string): Span {
  const isClosed = span.end - span.start > 1 && text[span.end - 1] === '"';
  return { start: Math.min(span.start + 1, span.end), end: isClosed ? span.end - 1 : span.end };
}
