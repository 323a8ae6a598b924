import type { Extractor } from "../facts/extractor.ts";
import { EXTRACTORS, type Fact, type FactKind } from "../facts/facts.generated.ts";
import type { LintDocument } from "./document.ts";
import { mentions } from "./mentions.ts";

/** The extractors of a kind of fact that may find something in a document, parsed or not. */
export function extractorsFor(
  wanted: FactKind,
  document: Pick<LintDocument, "language" | "text" | "bytes" | "possibleRules">,
): readonly Extractor<Fact>[] {
  // Where the rules are known, looking for the words once more costs more than it saves.
  const isTold = document.language !== "python" || document.possibleRules !== undefined;
  return EXTRACTORS.filter(
    ({ kind, languages, pythonMentions = [] }) =>
      kind === wanted &&
      languages.includes(document.language) &&
      (isTold || mentions(document).all(pythonMentions)),
  );
}
