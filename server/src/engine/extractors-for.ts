import type { Extractor } from "../facts/extractor.ts";
import { EXTRACTORS, type Fact, type FactKind } from "../facts/facts.generated.ts";
import type { LintDocument } from "./document.ts";

/** The extractors of a kind of fact that may find something in a document, parsed or not. */
export function extractorsFor(
  wanted: FactKind,
  document: Pick<LintDocument, "language" | "path" | "text">,
): readonly Extractor<Fact>[] {
  return EXTRACTORS.filter(
    ({ kind, languages, mayHave }) =>
      kind === wanted && languages.includes(document.language) && (mayHave?.(document) ?? true),
  );
}
