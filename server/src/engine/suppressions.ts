import type { Syntax } from "../facts/extractor.ts";
import type { Finding } from "./finding.ts";
import type { LineIndex } from "./line-index.ts";
import { isAbout, silences, suppressionDirectives } from "./suppression-directives.ts";

/** What the comments of a document say about a finding: `bare` asks for silence without naming a rule. */
export type Suppression = "silenced" | "bare" | "none";

/**
 * Reads the suppression comments of a document. A comment without a list silences nothing, for it
 * would also hide what is found there in years to come.
 */
export function suppressions(
  text: string,
  syntax: Syntax,
  lines: LineIndex,
): (finding: Finding) => Suppression {
  const directives = suppressionDirectives(text, syntax, lines);
  return (finding) => {
    const isSilenced = directives.some((directive) =>
      directive.ids.some((id) => silences(id, directive, finding, lines)),
    );
    if (isSilenced) return "silenced";
    const isBare = directives.some(
      (directive) => directive.ids.length === 0 && isAbout(directive, finding.span, lines),
    );
    return isBare ? "bare" : "none";
  };
}
