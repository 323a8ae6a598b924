import type { Extractor } from "../facts/extractor.ts";
import { EXTRACTORS, type Fact, type FactKind } from "../facts/facts.generated.ts";
import type { LintDocument } from "./document.ts";
import { mentions } from "./mentions.ts";

/** The extractors of a kind of fact that may find something in a document, parsed or not. */
export function extractorsFor(
  wanted: FactKind,
  document: Pick<LintDocument, "language" | "text" | "bytes">,
): readonly Extractor<Fact>[] {
  return EXTRACTORS.filter(
    ({ kind, languages, pythonMentions = [] }) =>
      kind === wanted &&
      languages.includes(document.language) &&
      (document.language !== "python" || mentions(document).all(pythonMentions)),
  );
}
