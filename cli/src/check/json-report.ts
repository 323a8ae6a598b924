import type { Edit } from "../../../server/src/engine/rule.ts";
import type { CheckReport, ReportedFile } from "./check-report.ts";

/** Position of an offset: `line` and `column` from 1, `column` in code points, `offset` in UTF-16 units. */
function position(file: ReportedFile, offset: number) {
  return {
    line: file.lines.positionAt(offset).line + 1,
    column: file.lines.codePointColumn(offset) + 1,
    offset,
  };
}

const range = (file: ReportedFile, span: Edit["span"]) => ({
  start: position(file, span.start),
  end: position(file, span.end),
});

/** For programs: `{findings: […], checked, fixed, skipped: […], problems: […]}`. */
export function jsonReport(report: CheckReport): string {
  const findings = report.files.flatMap((file) =>
    file.findings.map((finding) => ({
      path: file.path,
      code: finding.code,
      name: finding.name,
      family: finding.family,
      severity: finding.severity,
      message: finding.message,
      ...range(file, finding.span),
      related: finding.related.map(({ span, message }) => ({ message, ...range(file, span) })),
      fixes: finding.fixes.map(({ title, safety, edits }) => ({
        title,
        safety,
        edits: edits.map(({ span, newText }) => ({ ...range(file, span), text: newText })),
      })),
    })),
  );
  const { checkedCount, fixedCount, skipped, problems } = report;
  return `${JSON.stringify({ findings, checked: checkedCount, fixed: fixedCount, skipped, problems }, undefined, 2)}\n`;
}
