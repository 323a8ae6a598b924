import {
  allowedBy,
  isHeld,
  type SchemaNode,
  schemaAt,
} from "../../../core/experiment/schema-node.ts";
import type { Span } from "../../../core/protocol/span.ts";
import { parseYaml } from "../syntax/config/yaml.ts";
import { type ConfigEntryView, configEntries } from "./config-entries.ts";
import type { ConfigPath } from "./path-pattern.ts";

export interface ExperimentCompletion {
  readonly label: string;
  readonly kind: "key" | "value";
  /** What is allowed under a key; empty for values. */
  readonly detail: string;
  readonly documentation: string;
  /** Replaces the span of the answer. */
  readonly newText: string;
}

export interface ExperimentCompletions {
  /** The word around the cursor. */
  readonly span: Span;
  readonly items: readonly ExperimentCompletion[];
}

/** Stands for the unfinished word, so that the parser sees a complete file. */
const MARKER = "normlens-cursor";

/** Keys or values that fit at `offset` of an experiment file, in the schema's order. Total. */
export function experimentCompletions(text: string, offset: number): ExperimentCompletions {
  const span = wordAround(text, offset);
  const lineStart = text.lastIndexOf("\n", span.start - 1) + 1;
  const before = text.slice(lineStart, span.start);
  if (before.includes("#")) return { span, items: [] };
  return { span, items: isValuePlace(before) ? values(text, span) : keys(text, span) };
}

function wordAround(text: string, offset: number): Span {
  const at = Math.min(Math.max(0, offset), text.length);
  const before = /[\w-]*$/.exec(text.slice(Math.max(0, at - 200), at))?.[0] ?? "";
  // A dash that opens a list entry is no part of a word.
  const start = at - before.replace(/^-+/, "").length;
  const after = /^[\w-]*/.exec(text.slice(at, at + 200))?.[0] ?? "";
  return { start, end: at + after.length };
}

/** A value follows its key's colon on the same line. */
function isValuePlace(before: string): boolean {
  return /:[ \t]+["']?$/.test(before);
}

function withMarker(text: string, span: Span, marker: string): readonly ConfigEntryView[] {
  return configEntries(parseYaml(text.slice(0, span.start) + marker + text.slice(span.end)));
}

function keys(text: string, span: Span): ExperimentCompletion[] {
  const hasColon = /^[ \t]*:/.test(text.slice(span.end, span.end + 20));
  const entries = withMarker(text, span, hasColon ? MARKER : `${MARKER}: 0`);
  const entry = entries.find(({ key, isItem }) => key === MARKER && !isItem);
  if (entry === undefined) return [];
  const place = entry.path.slice(0, -1);
  const properties = schemaAt(place)?.properties ?? {};
  const file = sectionsOf(entries);
  const siblings = siblingValues(entries, place, properties);
  return Object.entries(properties)
    .filter(([key, node]) => !entry.siblings.includes(key) && isHeld(node, { siblings, file }))
    .map(([key, node]) => ({
      label: key,
      kind: "key",
      detail: allowedBy(node),
      documentation: node.description ?? "",
      newText: hasColon ? key : `${key}: `,
    }));
}

/** Texts of the values one key below the sections of the file, however unfinished it is. */
function sectionsOf(entries: readonly ConfigEntryView[]): unknown {
  const sections = new Map<string, Record<string, string>>();
  for (const { path, value, isItem } of entries) {
    const [section, key, ...deeper] = path;
    if (isItem || value?.kind !== "scalar" || deeper.length > 0) continue;
    if (typeof section !== "string" || typeof key !== "string") continue;
    sections.set(section, { ...sections.get(section), [key]: value.text.trim() });
  }
  return Object.fromEntries(sections);
}

/** Texts of the values in the mapping at `place`, defaults where there is none. */
function siblingValues(
  entries: readonly ConfigEntryView[],
  place: ConfigPath,
  properties: Readonly<Record<string, SchemaNode>>,
): ReadonlyMap<string, unknown> {
  const holder = JSON.stringify(place);
  const given = entries.flatMap(({ path, key, value, isItem }): [string, unknown][] =>
    !isItem && value?.kind === "scalar" && JSON.stringify(path.slice(0, -1)) === holder
      ? [[key, value.text.trim()]]
      : [],
  );
  const defaults = Object.entries(properties).map(([key, node]): [string, unknown] => [
    key,
    node.default,
  ]);
  return new Map([...defaults, ...given]);
}

function values(text: string, span: Span): ExperimentCompletion[] {
  const entry = withMarker(text, span, MARKER).find(
    ({ value }) => value?.kind === "scalar" && value.text.trim() === MARKER,
  );
  const node = entry === undefined ? undefined : schemaAt(entry.path);
  return node === undefined ? [] : valuesOf(node).map((value) => toValue(value, node));
}

function valuesOf(node: SchemaNode): readonly string[] {
  if (node.enum !== undefined) return node.enum.map(String);
  if (node.type === "boolean") return ["true", "false"];
  const isScalar = typeof node.default === "number" || typeof node.default === "string";
  return isScalar ? [String(node.default)] : [];
}

function toValue(value: string, node: SchemaNode): ExperimentCompletion {
  return {
    label: value,
    kind: "value",
    detail: "",
    documentation: node.description ?? "",
    newText: value,
  };
}
