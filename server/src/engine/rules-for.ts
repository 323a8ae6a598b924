import { EXTRACTORS } from "../facts/facts.generated.ts";
import type { LintDocument } from "./document.ts";
import { mentions } from "./mentions.ts";
import type { AnyRule } from "./rule.ts";

/** Those of `rules` that may have something to say, told without parsing the document. */
export function rulesFor(
  { language, text }: Pick<LintDocument, "language" | "text">,
  rules: readonly AnyRule[],
): readonly AnyRule[] {
  const mentionsAll = mentions(text);
  return rules.filter(
    (rule) =>
      EXTRACTORS.some(({ kind, languages }) => kind === rule.on && languages.includes(language)) &&
      mentionsAll(rule.mentions),
  );
}
