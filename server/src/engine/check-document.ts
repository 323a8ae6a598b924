import type { Syntax } from "../facts/extractor.ts";
import type { LintDocument } from "./document.ts";
import type { Finding } from "./finding.ts";
import { type LineIndex, lineIndex } from "./line-index.ts";
import { lint } from "./lint.ts";
import type { RuleSelection } from "./rule-selection.ts";
import { suppressions } from "./suppressions.ts";

/** Findings as the user is to see them: selected rules, suppressions and own severities applied. */
export function checkDocument(
  document: LintDocument,
  syntax: Syntax,
  selection: RuleSelection,
  lines: LineIndex = lineIndex(document.text),
): Finding[] {
  const findings = lint(document, syntax, selection.rules);
  if (findings.length === 0) return findings;
  const isSuppressed = suppressions(document.text, syntax, lines);
  return findings
    .filter((finding) => !isSuppressed(finding))
    .map((finding) => ({
      ...finding,
      severity: selection.severities.get(finding.code) ?? finding.severity,
    }));
}
