import type { WorkspaceReport } from "../../../core/protocol/lsp.ts";
import { SEVERITIES, type Severity } from "../../../core/protocol/severity.ts";

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

function counted(report: WorkspaceReport, severity: Severity): number {
  return report.files
    .flatMap(({ findings }) => findings)
    .filter((finding) => finding.severity === severity).length;
}

/** `12 files checked: 3 errors, 1 warning.` */
export function reportSummary(report: WorkspaceReport): string {
  const counts = SEVERITIES.map((severity) => ({ severity, count: counted(report, severity) }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => plural(count, severity));
  const found = counts.length === 0 ? "no findings" : counts.join(", ");
  const partial = report.isPartial ? " (cancelled, not all files)" : "";
  return `${plural(report.checked, "file")} checked${partial}: ${found}.`;
}
