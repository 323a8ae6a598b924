import path from "node:path";
import type { CheckReport, ReportedFile } from "./check-report.ts";
import { fingerprints } from "./fingerprints.ts";

const VERSION = 1;

interface BaselineEntry {
  readonly fingerprint: string;
  readonly code: string;
  readonly path: string;
}

/** What a report looks like from the folder of the baseline, wherever the check was started. */
function seenFrom(file: ReportedFile, cwd: string, folder: string): ReportedFile {
  const relative = path.relative(folder, path.resolve(cwd, file.path));
  return { ...file, path: relative.split(path.sep).join("/") };
}

/** The file that says which findings are known, so that only new ones are told. */
export function baselineText(report: CheckReport, cwd: string, baselineFile: string): string {
  const findings = report.files.flatMap((file): readonly BaselineEntry[] => {
    const seen = seenFrom(file, cwd, path.dirname(baselineFile));
    const ids = fingerprints(seen);
    return file.findings.flatMap(({ code }, index) => {
      const fingerprint = ids[index];
      return fingerprint === undefined ? [] : [{ fingerprint, code, path: seen.path }];
    });
  });
  return `${JSON.stringify({ version: VERSION, findings }, undefined, 2)}\n`;
}

function isEntry(value: unknown): value is Pick<BaselineEntry, "fingerprint"> {
  return (
    typeof value === "object" &&
    value !== null &&
    "fingerprint" in value &&
    typeof value.fingerprint === "string"
  );
}

function parsed(text: string): { readonly value: unknown } | Error {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return new Error(`is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Fingerprints of the known findings; an {@link Error} says why the text is no baseline. */
export function parseBaseline(text: string): ReadonlySet<string> | Error {
  const json = parsed(text);
  if (json instanceof Error) return json;
  const { value } = json;
  const isTable = typeof value === "object" && value !== null;
  if (!isTable || !("version" in value && "findings" in value) || !Array.isArray(value.findings)) {
    return new Error("is no baseline: write one with --write-baseline");
  }
  if (value.version !== VERSION) {
    return new Error(`is of version ${String(value.version)}, this NormLens reads ${VERSION}`);
  }
  const entries = value.findings.filter(isEntry);
  return entries.length === value.findings.length
    ? new Set(entries.map(({ fingerprint }) => fingerprint))
    : new Error("holds a finding without a fingerprint: write it anew with --write-baseline");
}

/** The report without the findings that the baseline knows; their number is `knownCount`. */
export function withoutKnown(
  report: CheckReport,
  known: ReadonlySet<string>,
  cwd: string,
  baselineFile: string,
): CheckReport {
  let knownCount = 0;
  const files = report.files.flatMap((file) => {
    const ids = fingerprints(seenFrom(file, cwd, path.dirname(baselineFile)));
    const findings = file.findings.filter((_, index) => !known.has(ids[index] ?? ""));
    knownCount += file.findings.length - findings.length;
    return findings.length === 0 ? [] : [{ ...file, findings }];
  });
  return { ...report, files, knownCount };
}
