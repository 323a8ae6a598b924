import { writeFile } from "node:fs/promises";
import path from "node:path";
import { isAtLeast, type Severity } from "../../../core/protocol/severity.ts";
import { fixAll } from "../../../server/src/engine/apply-fixes.ts";
import { checkText } from "../../../server/src/engine/check-text.ts";
import type { Finding } from "../../../server/src/engine/finding.ts";
import { lineIndex } from "../../../server/src/engine/line-index.ts";
import type { CheckedFile, CheckOutcome } from "../../../server/src/workspace/check-files.ts";
import type { ChangedLines } from "./changed-lines.ts";
import type { CheckOptions } from "./check-options.ts";
import {
  type CheckReport,
  type ReportedFile,
  type ReportedFinding,
  reportedFinding,
} from "./check-report.ts";

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
type Note = CheckReport["problems"][number];

/** A checked file after its fixes; `count` of them were applied. */
interface FixedFile {
  readonly file: CheckedFile;
  readonly count: number;
}

/** Applies the fixes that the options allow, in memory. */
function fixFile(file: CheckedFile, options: CheckOptions): FixedFile {
  if (!options.isFixing || file.findings.length === 0) return { file, count: 0 };
  const level = options.isFixingUnsafely ? "unsafe" : "safe";
  const { text, count } = fixAll(file.document, level, (document) =>
    checkText(document, file.selection),
  );
  if (count === 0) return { file, count };
  const document = { ...file.document, text };
  const findings = checkText(document, file.selection);
  return { file: { ...file, document, findings, source: { ...file.source, text } }, count };
}

/** Fixes and writes a file; one that cannot be written counts as not fixed. */
async function fixAndWrite(
  file: CheckedFile,
  options: CheckOptions,
  write: (file: CheckedFile) => Promise<void>,
): Promise<FixedFile & { readonly fault?: string }> {
  const fixed = fixFile(file, options);
  try {
    if (fixed.count > 0) await write(fixed.file);
    return fixed;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { file, count: 0, fault: `Cannot be written: ${reason}` };
  }
}

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

/** Gathers outcomes into a report; fixed files go through `write`. */
export async function gatherReport(
  outcomes: AsyncIterable<CheckOutcome> | Iterable<CheckOutcome>,
  options: CheckOptions,
  cwd: string,
  write: (file: CheckedFile) => Promise<void>,
  changes?: ChangedLines,
): Promise<CheckReport> {
  const files: ReportedFile[] = [];
  const skipped: Note[] = [];
  const problems: Note[] = [];
  const hidden: Severity[] = [];
  const counts: Writable<Pick<CheckReport, "checkedCount" | "fixedCount">> = {
    checkedCount: 0,
    fixedCount: 0,
  };
  for await (const outcome of outcomes) {
    if (outcome.kind !== "checked") {
      const note = { path: shownPath(outcome.path, cwd), message: outcome.message };
      (outcome.kind === "skipped" ? skipped : problems).push(note);
      continue;
    }
    const { file, count, fault } = await fixAndWrite(outcome, options, write);
    if (fault !== undefined) problems.push({ path: shownPath(file.path, cwd), message: fault });
    counts.checkedCount += 1;
    counts.fixedCount += count;
    if (file.findings.length === 0) continue;
    const reported = reportedFile(file, cwd, changes);
    const isShown = ({ severity }: ReportedFinding) => isAtLeast(severity, options.minSeverity);
    const findings = reported.findings.filter(isShown);
    if (findings.length > 0) files.push({ ...reported, findings });
    const left = reported.findings.filter((finding) => !isShown(finding));
    hidden.push(...left.map(({ severity }) => severity));
  }
  return { files, hidden, knownCount: 0, skipped, problems, ...counts };
}

export async function writeFixedFile(file: CheckedFile): Promise<void> {
  await writeFile(file.path, file.source.bom + file.source.text);
}
