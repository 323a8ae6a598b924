import path from "node:path";
import { isAtLeast, type Severity } from "../../../core/protocol/severity.ts";
import type { Finding } from "../../../server/src/engine/finding.ts";
import { lineIndex } from "../../../server/src/engine/line-index.ts";
import type { CheckedFile, CheckOutcome } from "../../../server/src/workspace/check-files.ts";
import type { ChangedLines } from "./changed-lines.ts";
import {
  type CheckReport,
  type ReportedFile,
  type ReportedFinding,
  reportedFinding,
} from "./check-report.ts";

type Note = CheckReport["problems"][number];

/** Path as reports show it: relative to the working directory where the file lies below it. */
function shownPath(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  const shown = relative.startsWith("..") || path.isAbsolute(relative) ? file : relative;
  return shown.split(path.sep).join("/");
}

function withShownPaths(finding: Finding, cwd: string): Finding {
  const related = finding.related.map((item) =>
    "place" in item
      ? { ...item, place: { ...item.place, path: shownPath(item.place.path, cwd) } }
      : item,
  );
  return { ...finding, related };
}

/** All findings of the file that are asked for, whatever their severity. */
function reportedFile(file: CheckedFile, cwd: string, changes?: ChangedLines): ReportedFile {
  const { text } = file.source;
  const lines = lineIndex(text);
  const findings = file.findings
    .map((finding) => reportedFinding(withShownPaths(finding, cwd), lines))
    .filter(({ line, endLine }) => changes?.touches(file.path, line, endLine) ?? true);
  return { path: shownPath(file.path, cwd), text, lines, findings };
}

/** Gathers outcomes into a report. */
export function gatherReport(
  outcomes: Iterable<CheckOutcome>,
  minSeverity: Severity,
  cwd: string,
  changes?: ChangedLines,
): CheckReport {
  const files: ReportedFile[] = [];
  const skipped: Note[] = [];
  const problems: Note[] = [];
  const hidden: Severity[] = [];
  let checkedCount = 0;
  let fixedCount = 0;
  for (const outcome of outcomes) {
    if (outcome.kind !== "checked") {
      const note = { path: shownPath(outcome.path, cwd), message: outcome.message };
      (outcome.kind === "skipped" ? skipped : problems).push(note);
      continue;
    }
    const { fault } = outcome;
    if (fault !== undefined) problems.push({ path: shownPath(outcome.path, cwd), message: fault });
    checkedCount += 1;
    fixedCount += outcome.fixedCount;
    if (outcome.findings.length === 0) continue;
    const reported = reportedFile(outcome, cwd, changes);
    const isShown = ({ severity }: ReportedFinding) => isAtLeast(severity, minSeverity);
    const findings = reported.findings.filter(isShown);
    if (findings.length > 0) files.push({ ...reported, findings });
    const left = reported.findings.filter((finding) => !isShown(finding));
    hidden.push(...left.map(({ severity }) => severity));
  }
  return { files, hidden, knownCount: 0, skipped, problems, checkedCount, fixedCount };
}
