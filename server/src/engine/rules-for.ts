import { EXTRACTORS } from "../facts/facts.generated.ts";
import { isTensorFlowCode } from "../syntax/javascript/is-tensorflow-code.ts";
import type { LintDocument } from "./document.ts";
import { mentions } from "./mentions.ts";
import { type AnyRule, isForJavaScript } from "./rule.ts";
import { MOST_CHARACTERS } from "./size-limits.ts";

/** Those of `rules` that may have something to say, told without parsing the document. */
export function rulesFor(
  document: Pick<LintDocument, "language" | "path" | "text">,
  rules: readonly AnyRule[],
): readonly AnyRule[] {
  const isScript = document.language === "javascript";
  if (isScript && !isTensorFlowCode(document.text)) return [];
  if (document.text.length > MOST_CHARACTERS[document.language]) return [];
  const mentionsAll = mentions(document.text);
  const kinds = new Set<string>(
    EXTRACTORS.filter(
      ({ languages, mayHave }) =>
        languages.includes(document.language) && (mayHave?.(document) ?? true),
    ).map(({ kind }) => kind),
  );
  return rules.filter(
    (rule) =>
      kinds.has(rule.on) && (!isScript || isForJavaScript(rule)) && mentionsAll(rule.mentions),
  );
}
