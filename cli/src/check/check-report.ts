import type { Severity } from "../../../core/protocol/severity.ts";
import type { Finding } from "../../../server/src/engine/finding.ts";
import type { LineIndex } from "../../../server/src/engine/line-index.ts";

/** One finding as reports print it. Lines and columns count from 1, columns in code points. */
export interface ReportedFinding extends Finding {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface ReportedFile {
  /** Relative to the working directory with `/`, as far as the file lies below it. */
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly findings: readonly ReportedFinding[];
}

/** All that a run of `normlens check` found out. */
export interface CheckReport {
  /** Files with findings. */
  readonly files: readonly ReportedFile[];
  readonly checkedCount: number;
  /** Severities of the findings that were left out because they are milder than asked for. */
  readonly hidden: readonly Severity[];
  /** Findings that were left out because the baseline knows them. */
  readonly knownCount: number;
  readonly fixedCount: number;
  readonly skipped: readonly { readonly path: string; readonly message: string }[];
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

export function reportedFinding(finding: Finding, lines: LineIndex): ReportedFinding {
  const { start, end } = finding.span;
  return {
    ...finding,
    line: lines.positionAt(start).line + 1,
    column: lines.codePointColumn(start) + 1,
    endLine: lines.positionAt(end).line + 1,
    endColumn: lines.codePointColumn(end) + 1,
  };
}

export function findingCount(report: CheckReport): number {
  return report.files.reduce((count, file) => count + file.findings.length, 0);
}
