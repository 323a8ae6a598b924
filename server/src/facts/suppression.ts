import type { Span } from "../../../core/protocol/span.ts";
import { lineIndex } from "../engine/line-index.ts";
import {
  type SuppressionDirective,
  silences,
  suppressionDirectives,
} from "../engine/suppression-directives.ts";
import type { Extractor } from "./extractor.ts";

type Silenced = Parameters<typeof silences>[2];

/** One rule, family or beginning of codes that a suppression comment names. */
export interface SuppressionFact {
  readonly kind: "suppression";
  /** As it is written. */
  readonly id: string;
  readonly span: Span;
  readonly directive: SuppressionDirective;
  /** Whether this id keeps a finding from being shown. */
  silences(finding: Silenced): boolean;
}

export const suppressionFacts: Extractor<SuppressionFact> = {
  kind: "suppression",
  languages: ["python", "javascript", "yaml", "json"],
  extract(syntax, { text }) {
    if (!text.includes("normlens")) return [];
    const lines = lineIndex(text);
    return suppressionDirectives(text, syntax, lines).flatMap((directive) =>
      directive.ids.map(
        (id): SuppressionFact => ({
          kind: "suppression",
          id: id.text,
          span: id.span,
          directive,
          silences: (finding) => silences(id, directive, finding, lines),
        }),
      ),
    );
  },
};
