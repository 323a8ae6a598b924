import type { Edit, Related } from "../../../server/src/engine/rule.ts";
import type { FilePosition } from "../../../server/src/project/file-place.ts";
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

const placed = ({ line, codePointColumn }: FilePosition, offset: number) => ({
  line: line + 1,
  column: codePointColumn + 1,
  offset,
});

/** `path` only where it is another file's. */
function relatedPlace(file: ReportedFile, related: Related) {
  if ("span" in related) return { message: related.message, ...range(file, related.span) };
  const { path, span, start, end } = related.place;
  return {
    message: related.message,
    path,
    start: placed(start, span.start),
    end: placed(end, span.end),
  };
}

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
      ...(finding.cell === undefined ? {} : { cell: finding.cell }),
      ...range(file, finding.span),
      related: finding.related.map((related) => relatedPlace(file, related)),
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
