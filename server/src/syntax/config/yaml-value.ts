import { type Document, parseDocument, visit } from "yaml";
import type { Span } from "../../../../core/protocol/span.ts";
import { clampSpan } from "./clamp-span.ts";

interface YamlFault {
  /** First line of the parser's message. */
  readonly message: string;
  readonly span: Span;
}

export interface YamlValue {
  /** As YAML 1.2 reads the first document; `undefined` when there are errors. */
  readonly value: unknown;
  readonly errors: readonly YamlFault[];
}

/** More aliases than a hand-written file has, fewer than it takes to blow up. */
const MAX_ALIASES = 100;

/** The value of a YAML file, duplicate keys refused. Total. */
export function yamlValue(text: string): YamlValue {
  const document = parseDocument(text, { version: "1.2", logLevel: "silent" });
  const errors = document.errors.map(({ message, pos }) => ({
    message: message.split(/ at line |\n/)[0] ?? message,
    span: clampSpan(pos[0], pos[1], text),
  }));
  errors.push(...unresolvedAliases(document, text));
  if (errors.length > 0) return { value: undefined, errors };
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return { value, errors };
  } catch (error) {
    // Too many aliases, or a value inside itself, is a fault of the file as a whole.
    const message = error instanceof Error ? error.message : String(error);
    return { value: undefined, errors: [{ message, span: clampSpan(0, text.length, text) }] };
  }
}

function unresolvedAliases(document: Document, text: string): YamlFault[] {
  const faults: YamlFault[] = [];
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return;
      const [start, end] = alias.range ?? [0, 0];
      const message = `No anchor has the name of the alias *${alias.source}`;
      faults.push({ message, span: clampSpan(start, end, text) });
    },
  });
  return faults;
}
