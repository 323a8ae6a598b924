import type { Severity } from "../../../core/protocol/severity.ts";
import type { Span } from "../../../core/protocol/span.ts";
import type { Edit } from "../../../server/src/engine/rule.ts";
import { rulePage } from "../../../server/src/engine/rule-markdown.ts";
import type { FilePlace } from "../../../server/src/project/file-place.ts";
import { RULES } from "../../../server/src/rules/rules.generated.ts";
import type { CheckReport, ReportedFile, ReportedFinding } from "./check-report.ts";
import { fingerprints } from "./fingerprints.ts";

const SCHEMA =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

/** `uri` of a path: relative ones stay relative to the root that `%SRCROOT%` stands for. */
function artifactLocation(path: string) {
  const uri = encodeURI(path).replaceAll("#", "%23").replaceAll("?", "%3F");
  return path.startsWith("/") ? { uri: `file://${uri}` } : { uri, uriBaseId: "%SRCROOT%" };
}

function region(file: ReportedFile, span: Span) {
  const line = (offset: number) => file.lines.positionAt(offset).line + 1;
  const column = (offset: number) => file.lines.codePointColumn(offset) + 1;
  return {
    startLine: line(span.start),
    startColumn: column(span.start),
    endLine: line(span.end),
    endColumn: column(span.end),
  };
}

const physicalLocation = (file: ReportedFile, span: Span) => ({
  artifactLocation: artifactLocation(file.path),
  region: region(file, span),
});

const otherLocation = ({ path, start, end }: FilePlace) => ({
  artifactLocation: artifactLocation(path),
  region: {
    startLine: start.line + 1,
    startColumn: start.codePointColumn + 1,
    endLine: end.line + 1,
    endColumn: end.codePointColumn + 1,
  },
});

const replacement = (file: ReportedFile) => (edit: Edit) => ({
  deletedRegion: region(file, edit.span),
  ...(edit.newText === "" ? {} : { insertedContent: { text: edit.newText } }),
});

function result(file: ReportedFile, finding: ReportedFinding, fingerprint: string) {
  return {
    ruleId: finding.code,
    ruleIndex: RULES.findIndex((rule) => rule.code === finding.code),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: physicalLocation(file, finding.span) }],
    ...(finding.related.length === 0
      ? {}
      : {
          relatedLocations: finding.related.map((related, id) => ({
            id,
            message: { text: related.message },
            physicalLocation:
              "span" in related
                ? physicalLocation(file, related.span)
                : otherLocation(related.place),
          })),
        }),
    ...(finding.fixes.length === 0
      ? {}
      : {
          fixes: finding.fixes
            .filter(({ edits }) => edits.length > 0)
            .map(({ title, edits }) => ({
              description: { text: title },
              artifactChanges: [
                {
                  artifactLocation: artifactLocation(file.path),
                  replacements: edits.map(replacement(file)),
                },
              ],
            })),
        }),
    partialFingerprints: { "normlens/v2": fingerprint },
    properties: { severity: finding.severity, name: finding.name, family: finding.family },
  };
}

const DESCRIPTORS = RULES.map((rule) => ({
  id: rule.code,
  name: rule.name,
  shortDescription: { text: rule.docs.what },
  fullDescription: { text: rule.docs.why },
  help: { text: rule.docs.why, markdown: rulePage(rule) },
  defaultConfiguration: { level: LEVELS[rule.severity] },
  properties: { family: rule.family, severity: rule.severity, preview: rule.preview },
}));

/** SARIF 2.1.0. `version` is NormLens' own. */
export function sarifReport(report: CheckReport, version: string): string {
  const notifications = report.problems.map(({ path, message }) => ({
    level: "error",
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: artifactLocation(path) } }],
  }));
  const log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "NormLens", semanticVersion: version, rules: DESCRIPTORS } },
        columnKind: "unicodeCodePoints",
        invocations: [
          {
            executionSuccessful: report.problems.length === 0,
            toolExecutionNotifications: notifications,
          },
        ],
        results: report.files.flatMap((file) => {
          const ids = fingerprints(file);
          return file.findings.map((finding, index) => result(file, finding, ids[index] ?? ""));
        }),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}
