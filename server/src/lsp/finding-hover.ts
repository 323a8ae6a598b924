import type { Hover } from "vscode-languageserver";
import type { Finding } from "../engine/finding.ts";
import { ruleSummary } from "../engine/rule-markdown.ts";
import { RULES } from "../rules/rules.generated.ts";
import type { SourceDocument } from "./source-document.ts";
import { toRange } from "./to-diagnostic.ts";

export interface HoverRequest {
  readonly document: SourceDocument;
  readonly findings: readonly Finding[];
  readonly offset: number;
  readonly pageOf: (finding: Finding) => string | undefined;
}

/** Editors show the finding's own message above; here stands what is behind it. */
function explain(finding: Finding, page: string | undefined): string {
  const rule = RULES.find(({ code }) => code === finding.code);
  const label = `${finding.code} ${finding.name}`;
  const title = page === undefined ? label : `[${label}](${page})`;
  return [
    `**${title}** · ${finding.severity}`,
    ...(rule === undefined ? [] : [ruleSummary(rule)]),
  ].join("\n\n");
}

/** Explains the findings below the pointer, from their rules' own documentation. */
export function findingHover(request: HoverRequest): Hover | null {
  const { document, offset, pageOf } = request;
  const here = request.findings.filter(({ span }) => span.start <= offset && offset <= span.end);
  const [first] = here;
  if (first === undefined) return null;
  return {
    contents: {
      kind: "markdown",
      value: here.map((finding) => explain(finding, pageOf(finding))).join("\n\n---\n\n"),
    },
    range: toRange(first.span, document.lines),
  };
}
