import { pathToFileURL } from "node:url";
import {
  type Diagnostic,
  DiagnosticSeverity,
  type Location,
  type Range,
} from "vscode-languageserver";
import type { Severity } from "../../../core/protocol/severity.ts";
import type { Span } from "../../../core/protocol/span.ts";
import type { Finding } from "../engine/finding.ts";
import type { LineIndex } from "../engine/line-index.ts";
import type { Related } from "../engine/rule.ts";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** What a diagnostic of ours carries in `data`. */
export interface DiagnosticData {
  readonly name: string;
  readonly hasFix: boolean;
}

export interface DiagnosticOptions {
  readonly uri: string;
  readonly lines: LineIndex;
  /** Address of a rule's page; `undefined` where there is none or the client cannot show it. */
  readonly pageOf: (finding: Finding) => string | undefined;
  readonly hasRelatedInformation: boolean;
}

export function toRange({ start, end }: Span, lines: LineIndex): Range {
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}

/** Windows drives have one letter. */
const isUri = (path: string) => /^[a-z][a-z0-9+.-]+:/i.test(path);

function locationOf(related: Related, { uri, lines }: DiagnosticOptions): Location {
  if ("span" in related) return { uri, range: toRange(related.span, lines) };
  const { path, start, end } = related.place;
  return {
    // A cell of a notebook is a document, not a file.
    uri: isUri(path) ? path : pathToFileURL(path).href,
    range: {
      start: { line: start.line, character: start.character },
      end: { line: end.line, character: end.character },
    },
  };
}

export function toDiagnostic(finding: Finding, options: DiagnosticOptions): Diagnostic {
  const { lines, pageOf, hasRelatedInformation } = options;
  const href = pageOf(finding);
  const data: DiagnosticData = { name: finding.name, hasFix: finding.fixes.length > 0 };
  return {
    range: toRange(finding.span, lines),
    severity: SEVERITIES[finding.severity],
    source: "normlens",
    code: finding.code,
    message: finding.message,
    data,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    ...(hasRelatedInformation && finding.related.length > 0
      ? {
          relatedInformation: finding.related.map((related) => ({
            location: locationOf(related, options),
            message: related.message,
          })),
        }
      : {}),
  };
}
