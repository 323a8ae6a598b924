import type { Span } from "../../../core/protocol/span.ts";
import type { LintDocument } from "../engine/document.ts";
import { parse } from "../engine/parse.ts";
import { isCode } from "../facts/extractor.ts";
import { configEntries } from "./config-entries.ts";
import { detectDialect } from "./detect-dialect.ts";
import { KNOWN_KEYS } from "./known-keys.ts";
import { matchesPath } from "./path-pattern.ts";

export interface DialectCompletion {
  readonly label: string;
  /** What the key is and where it may lie; "" where only the tool's own documentation tells. */
  readonly detail: string;
  /** Replaces the span of the answer. */
  readonly newText: string;
}

export interface DialectCompletions {
  /** The word around the cursor. */
  readonly span: Span;
  readonly items: readonly DialectCompletion[];
}

/** Longer files are data, and nobody waits for a key in them. */
const MOST_CHARACTERS = 200_000;

/** Stands for the unfinished key, so that the parser sees a complete file. */
const MARKER = "normlens-cursor";

interface KeyPlace {
  readonly span: Span;
  /** What is put around the marker to make it an entry. */
  readonly before: string;
  readonly after: string;
}

/** Regularization keys of the tool that a config is written for, in the mapping at `offset`. Total. */
export function dialectCompletions(document: LintDocument, offset: number): DialectCompletions {
  const place = keyPlace(document, offset);
  const { span, before, after } = place;
  const { text, path, language } = document;
  const isProgram = language === "python" || language === "javascript";
  if (isProgram || text.length > MOST_CHARACTERS) return { span, items: [] };
  const marked = `${text.slice(0, span.start)}${before}${MARKER}${after}${text.slice(span.end)}`;
  const syntax = parse({ ...document, text: marked });
  const entries = isCode(syntax) ? [] : configEntries(syntax.tree);
  const entry = entries.find(({ key, isItem }) => key === MARKER && !isItem);
  const others = entries.filter((other) => other !== entry);
  const dialect = entry === undefined ? undefined : detectDialect(path, language, others);
  if (entry === undefined || dialect === undefined) return { span, items: [] };
  const holder = entry.path.slice(0, -1);
  const keys = dialect.sections
    .filter(({ at }) => matchesPath(at, holder))
    .flatMap((section) => section.keys.map(({ name }) => name));
  const open = [...new Set(keys)].filter((key) => !entry.siblings.includes(key));
  return { span, items: open.map((key) => completion(key, place)) };
}

function completion(key: string, { before, after }: KeyPlace): DialectCompletion {
  const known = KNOWN_KEYS.get(key);
  const detail = known === undefined ? "" : `${known.what}, ${known.domain.words}`;
  // The marker's value is only for the parser; the user types the own one.
  return { label: key, detail, newText: `${before}${key}${after.replace(/0$/, "")}` };
}

/** Where a key could be written at the cursor; a place of a value parses to no such entry. */
function keyPlace({ text, language }: LintDocument, offset: number): KeyPlace {
  const at = Math.min(Math.max(0, offset), text.length);
  const left = /[\w.-]*$/.exec(text.slice(Math.max(0, at - 200), at))?.[0] ?? "";
  const right = /^[\w.-]*/.exec(text.slice(at, at + 200))?.[0] ?? "";
  const span = { start: at - left.replace(/^-+/, "").length, end: at + right.length };
  const rest = text.slice(span.end, span.end + 20);
  if (language === "json") return jsonPlace(text, span, rest);
  const separator = language === "toml" ? "=" : ":";
  const hasSeparator = new RegExp(`^[ \\t]*${separator}`).test(rest);
  const after = language === "toml" ? " = 0" : ": 0";
  return { span, before: "", after: hasSeparator ? "" : after };
}

/** Quotes belong to the key; a closing one that is there is replaced where a colon must follow. */
function jsonPlace(text: string, { start, end }: Span, rest: string): KeyPlace {
  const before = text[start - 1] === '"' ? "" : '"';
  const isClosed = rest.startsWith('"');
  const hasColon = /^"?[ \t]*:/.test(rest);
  if (hasColon) return { span: { start, end }, before, after: isClosed ? "" : '"' };
  return { span: { start, end: isClosed ? end + 1 : end }, before, after: '": 0' };
}
