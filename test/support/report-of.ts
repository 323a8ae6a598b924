import { type CheckReport, reportedFinding } from "../../cli/src/check/check-report.ts";
import type { Finding } from "../../server/src/engine/finding.ts";
import { lineIndex } from "../../server/src/engine/line-index.ts";

/** What a check of one file would report. */
export function reportOf(
  text: string,
  findings: readonly Finding[],
  changes: Partial<CheckReport> & { readonly path?: string } = {},
): CheckReport {
  const { path = "src/model.py", ...rest } = changes;
  const lines = lineIndex(text);
  const reported = findings.map((finding) => reportedFinding(finding, lines));
  return {
    files: findings.length === 0 ? [] : [{ path, text, lines, findings: reported }],
    checkedCount: 1,
    hidden: [],
    knownCount: 0,
    fixedCount: 0,
    skipped: [],
    problems: [],
    ...rest,
  };
}
