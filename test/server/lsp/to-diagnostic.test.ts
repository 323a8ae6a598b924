import { expect, test } from "vitest";
import { lineIndex } from "../../../server/src/engine/line-index.ts";
import { toDiagnostic } from "../../../server/src/lsp/to-diagnostic.ts";
import { filePlace } from "../../../server/src/project/file-place.ts";
import { findingOf } from "../../support/finding-of.ts";

const TEXT = "a\n😀 w > t\n";
const RELATED = [{ span: { start: 0, end: 1 }, message: "Here." }];

function diagnostic(options: Partial<Parameters<typeof toDiagnostic>[1]> = {}) {
  return toDiagnostic(
    { ...findingOf(TEXT, "w > t"), related: RELATED },
    {
      uri: "file:///a.py",
      lines: lineIndex(TEXT),
      pageOf: () => undefined,
      hasRelatedInformation: false,
      ...options,
    },
  );
}

test("toDiagnostic() counts columns in UTF-16 units, as LSP does", () => {
  expect(diagnostic()).toEqual({
    range: { start: { line: 1, character: 3 }, end: { line: 1, character: 8 } },
    severity: 1,
    source: "normlens",
    code: "NL601",
    message: "About w > t.",
    data: { name: "prune-zeroes-largest", hasFix: false },
  });
});

test("toDiagnostic() sends pages and related places only to clients that show them", () => {
  const full = diagnostic({ pageOf: () => "file:///docs/a.md", hasRelatedInformation: true });
  expect(full.codeDescription).toEqual({ href: "file:///docs/a.md" });
  expect(full.relatedInformation).toEqual([
    {
      location: {
        uri: "file:///a.py",
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
      },
      message: "Here.",
    },
  ]);
});

test("toDiagnostic() points into other files", () => {
  const place = filePlace("/w/b c.json", { start: 2, end: 5 }, lineIndex("a\n😀 x\n"));
  const { relatedInformation } = toDiagnostic(
    { ...findingOf(TEXT, "w > t"), related: [{ place, message: "There." }] },
    {
      uri: "file:///a.py",
      lines: lineIndex(TEXT),
      pageOf: () => undefined,
      hasRelatedInformation: true,
    },
  );
  expect(relatedInformation).toEqual([
    {
      location: {
        uri: "file:///w/b%20c.json",
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } },
      },
      message: "There.",
    },
  ]);
});
