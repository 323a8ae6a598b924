import { isTensorFlowCode } from "../syntax/javascript/is-tensorflow-code.ts";
import type { LintDocument } from "./document.ts";
import { extractorsFor } from "./extractors-for.ts";
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
  const { all } = mentions(document);
  const isPossible = new Map<string, boolean>();
  return rules.filter((rule) => {
    if ((isScript && !isForJavaScript(rule)) || !all(rule.mentions)) return false;
    const known = isPossible.get(rule.on) ?? extractorsFor(rule.on, document).length > 0;
    isPossible.set(rule.on, known);
    return known;
  });
}
