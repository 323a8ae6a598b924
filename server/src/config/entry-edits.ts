import type { Edit } from "../engine/rule.ts";
import type { ConfigEntry, ConfigMapping } from "../syntax/config/config-tree.ts";

/** Where the entry begins: before the quote of its key, if it has one. */
export function entryStart({ keySpan }: ConfigEntry, text: string): number {
  const before = text.charAt(keySpan.start - 1);
  return before === '"' || before === "'" ? keySpan.start - 1 : keySpan.start;
}

function entryEnd({ keySpan, value }: ConfigEntry): number {
  return value?.span.end ?? keySpan.end;
}

/** Takes one entry out of a mapping, with the separator that it needs no more. */
export function removeEntry(
  mapping: ConfigMapping,
  entry: ConfigEntry,
  text: string,
  at: number = mapping.entries.indexOf(entry),
): Edit {
  const next = mapping.entries[at + 1];
  const previous = mapping.entries[at - 1];
  const start = entryStart(entry, text);
  if (next !== undefined) return { span: { start, end: entryStart(next, text) }, newText: "" };
  const from = previous === undefined ? start : Math.min(entryEnd(previous), start);
  const end = Math.max(entryEnd(entry), from);
  // A block mapping ends behind its line, so that the line of what follows it goes as a whole.
  const isLine = text.charAt(from - 1) === "\n" && text.charAt(end) === "\n";
  return { span: { start: from, end: isLine ? end + 1 : end }, newText: "" };
}
