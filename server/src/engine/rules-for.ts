import { EXTRACTORS } from "../facts/facts.generated.ts";
import type { LintDocument } from "./document.ts";
import { mentions } from "./mentions.ts";
import type { AnyRule } from "./rule.ts";

/** Those of `rules` that may have something to say, told without parsing the document. */
export function rulesFor(
  document: Pick<LintDocument, "language" | "path" | "text">,
  rules: readonly AnyRule[],
): readonly AnyRule[] {
  const mentionsAll = mentions(document.text);
  const kinds = new Set<string>(
    EXTRACTORS.filter(
      ({ languages, mayHave }) =>
        languages.includes(document.language) && (mayHave?.(document) ?? true),
    ).map(({ kind }) => kind),
  );
  return rules.filter((rule) => kinds.has(rule.on) && mentionsAll(rule.mentions));
}
