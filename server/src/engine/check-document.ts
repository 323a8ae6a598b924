import type { Syntax } from "../facts/extractor.ts";
import type { LintDocument } from "./document.ts";
import type { Finding } from "./finding.ts";
import { type LineIndex, lineIndex } from "./line-index.ts";
import { lint } from "./lint.ts";
import type { RuleSelection } from "./rule-selection.ts";
import { suppressions } from "./suppressions.ts";

const bareNote = (code: string) =>
  `The comment \`normlens: ignore\` names no rule and silences nothing: write \`normlens: ignore[${code}]\`.`;

/** Findings as the user is to see them: selected rules, suppressions and own severities applied. */
export function checkDocument(
  document: LintDocument,
  syntax: Syntax,
  selection: RuleSelection,
  lines: LineIndex = lineIndex(document.text),
): Finding[] {
  const findings = lint(document, syntax, selection.rules);
  if (findings.length === 0) return findings;
  const suppressionOf = suppressions(document.text, syntax, lines);
  return findings.flatMap((finding) => {
    const suppression = suppressionOf(finding);
    if (suppression === "silenced") return [];
    const { code, message } = finding;
    return {
      ...finding,
      severity: selection.severities.get(code) ?? finding.severity,
      message: suppression === "bare" ? `${message} ${bareNote(code)}` : message,
    };
  });
}
