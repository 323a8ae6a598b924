import { SEVERITIES, type Severity } from "../../../core/protocol/severity.ts";
import type { FilePlace } from "../../../server/src/project/file-place.ts";
import { type Paint, paint } from "../paint.ts";
import type { CheckReport, ReportedFile, ReportedFinding } from "./check-report.ts";

const COLORS: Readonly<Record<Severity, "red" | "yellow" | "cyan" | "dim">> = {
  error: "red",
  warning: "yellow",
  information: "cyan",
  hint: "dim",
};

const TAB_WIDTH = 4;

/** Characters that take two columns of a terminal: CJK, Hangul, full-width forms, emoji. */
const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}]/u;

const counted = (count: number, one: string, many: string) =>
  `${count} ${count === 1 ? one : many}`;

const SEVERITY_NOUNS: Readonly<Record<Severity, readonly [string, string]>> = {
  error: ["error", "errors"],
  warning: ["warning", "warnings"],
  information: ["information", "information"],
  hint: ["hint", "hints"],
};

/** Columns that a terminal gives a piece of text whose tabs are already widened. */
function displayWidth(text: string): number {
  return [...text].reduce((width, character) => width + (WIDE.test(character) ? 2 : 1), 0);
}

/** The finding's first line with carets below what it covers. */
function frame(file: ReportedFile, finding: ReportedFinding, color: Paint): string {
  const { start, end } = file.lines.lineSpan(finding.line - 1);
  const widen = (text: string) => text.replaceAll("\t", " ".repeat(TAB_WIDTH));
  const before = widen(file.text.slice(start, finding.span.start));
  const marked = widen(file.text.slice(finding.span.start, Math.min(finding.span.end, end)));
  const gutter = String(finding.line);
  const margin = " ".repeat(gutter.length);
  const carets = "^".repeat(Math.max(1, displayWidth(marked)));
  return [
    color("dim", `${margin} |`),
    `${color("dim", `${gutter} |`)} ${widen(file.text.slice(start, end))}`,
    `${color("dim", `${margin} |`)} ${" ".repeat(displayWidth(before))}${color(COLORS[finding.severity], carets)}`,
  ].join("\n");
}

/** A place in another file; those in the same one are a glance away. */
const shown = ({ path, start }: FilePlace) =>
  `${path}:${start.line + 1}:${start.codePointColumn + 1}`;

function describe(file: ReportedFile, finding: ReportedFinding, color: Paint): string {
  const { code, name, severity, line, column, cell, message, fixes } = finding;
  const inCell = cell === undefined ? "" : ` (cell ${cell})`;
  const place = `${file.path}:${line}:${column}${inCell}`;
  const label = color(COLORS[severity], severity);
  const elsewhere = finding.related.flatMap((related) =>
    "place" in related ? [`  ${color("dim", `${shown(related.place)}:`)} ${related.message}`] : [],
  );
  const fix = fixes[0];
  const help = fix === undefined ? [] : [`  ${color("dim", `fix (${fix.safety}):`)} ${fix.title}`];
  return [
    `${color("bold", place)} ${label} ${color("bold", code)} ${name}`,
    frame(file, finding, color),
    `  ${message}`,
    ...elsewhere,
    ...help,
  ].join("\n");
}

/** `1 error, 2 hints`, worst first. */
function listed(severities: readonly Severity[]): string {
  return SEVERITIES.flatMap((severity) => {
    const count = severities.filter((item) => item === severity).length;
    return count === 0 ? [] : [counted(count, ...SEVERITY_NOUNS[severity])];
  }).join(", ");
}

/** What the least severity left out, and the option that brings all of it back. */
function hiddenNote(hidden: readonly Severity[]): readonly string[] {
  const mildest = SEVERITIES.findLast((severity) => hidden.includes(severity));
  if (mildest === undefined) return [];
  const shows = `--min-severity ${mildest} shows ${hidden.length === 1 ? "it" : "them"}`;
  return [`${listed(hidden)} not shown, ${shows}`];
}

function summary(report: CheckReport): string {
  const { files, checkedCount, hidden, knownCount, fixedCount, skipped } = report;
  const severities = files.flatMap((file) => file.findings.map(({ severity }) => severity));
  const places = `${counted(severities.length, "finding", "findings")} in ${counted(files.length, "file", "files")}`;
  return [
    severities.length === 0 ? "No findings" : `${places} (${listed(severities)})`,
    `${counted(checkedCount, "file", "files")} checked`,
    ...(fixedCount === 0 ? [] : [`${counted(fixedCount, "fix", "fixes")} applied`]),
    ...hiddenNote(hidden),
    ...(knownCount === 0 ? [] : [`${knownCount} known to the baseline`]),
    ...(skipped.length === 0 ? [] : [`${skipped.length} skipped`]),
  ].join(" · ");
}

/** For people: every finding with its line of code, and one closing line. */
export function textReport(report: CheckReport, hasColor: boolean): string {
  const color = paint(hasColor);
  const findings = report.files.flatMap((file) =>
    file.findings.map((finding) => `${describe(file, finding, color)}\n`),
  );
  const skipped = report.skipped.map(({ path, message }) => `${path}: skipped: ${message}\n`);
  return [...findings, ...skipped, summary(report), ""].join("\n");
}
