import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/engine/apply-fixes.ts";
import type { Fix } from "../../../server/src/engine/rule.ts";
import {
  type CodeActionRequest,
  codeActions,
  minimalEdit,
} from "../../../server/src/lsp/code-actions.ts";
import { SOURCE_DOCUMENTS } from "../../../server/src/lsp/source-document.ts";
import { toDiagnostic } from "../../../server/src/lsp/to-diagnostic.ts";
import { findingOf } from "../../support/finding-of.ts";

const TEXT = "a = 1\nlr = 2\n";
const document = SOURCE_DOCUMENTS.create("file:///a.py", "python", 7, TEXT);
const fix = (title: string, safety: Fix["safety"]): Fix => ({
  title,
  safety,
  edits: [{ span: { start: 11, end: 12 }, newText: "3" }],
});

function request(changes: Partial<CodeActionRequest> = {}): CodeActionRequest {
  return {
    document,
    findings: [findingOf(TEXT, "lr = 2", [fix("Use 3", "safe"), fix("Use more", "unsafe")])],
    rewrites: [{ title: "Convert λ", edits: [{ span: { start: 0, end: 1 }, newText: "b" }] }],
    selection: { start: 8, end: 8 },
    only: undefined,
    fixed: "a = 1\nlr = 3\n",
    diagnosticOf: (finding) =>
      toDiagnostic(finding, {
        uri: document.uri,
        lines: document.lines,
        pageOf: () => undefined,
        hasRelatedInformation: false,
      }),
    hasDocumentChanges: true,
    ...changes,
  };
}

const titles = (changes?: Partial<CodeActionRequest>) =>
  codeActions(request(changes)).map(({ title }) => title);

describe("codeActions()", () => {
  test("offers the fixes, ways to silence, and fix-all", () => {
    expect(titles()).toEqual([
      "Use 3",
      "Use more (changes training results)",
      "Ignore NL601 (prune-zeroes-largest) on this line",
      "Ignore NL601 (prune-zeroes-largest) in this file",
      "Convert λ",
      "Apply all safe NormLens fixes",
    ]);
  });

  test("offers nothing of a finding that the selection does not touch", () => {
    const selection = { start: 0, end: 1 };
    expect(titles({ selection, rewrites: [] })).toEqual(["Apply all safe NormLens fixes"]);
  });

  test.each([
    [["quickfix"], 4],
    [["source"], 1],
    [["source.fixAll"], 1],
    [["source.fixAll.normlens"], 1],
    [["source.fixAll.eslint"], 0],
    [["refactor"], 1],
    [["refactor.rewrite"], 1],
    [["refactor.extract"], 0],
    [["quick"], 0],
  ])("gives the kinds asked for: %j", (only, count) => {
    expect(titles({ only })).toHaveLength(count);
  });

  test("prefers the safe fix, only when it is the only safe one", () => {
    const preferred = (fixes: readonly Fix[]) =>
      codeActions(request({ findings: [findingOf(TEXT, "lr = 2", fixes)] }))
        .filter(({ isPreferred }) => isPreferred)
        .map(({ title }) => title);
    expect(preferred([fix("A", "unsafe"), fix("B", "safe")])).toEqual(["B"]);
    expect(preferred([fix("A", "safe"), fix("B", "safe")])).toEqual([]);
    expect(preferred([fix("A", "suggestion")])).toEqual([]);
  });

  test("binds edits to the version where the client can", () => {
    const range = { start: { line: 1, character: 5 }, end: { line: 1, character: 6 } };
    const edits = [{ range, newText: "3" }];
    expect(codeActions(request())[0]?.edit).toEqual({
      documentChanges: [{ textDocument: { uri: "file:///a.py", version: 7 }, edits }],
    });
    expect(codeActions(request({ hasDocumentChanges: false }))[0]?.edit).toEqual({
      changes: { "file:///a.py": edits },
    });
  });

  test("offers no fix-all when there is nothing safe to fix", () => {
    expect(titles({ fixed: TEXT, only: ["source.fixAll"] })).toEqual([]);
  });
});

describe("minimalEdit()", () => {
  test("leads from any text to any other", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(applyEdits(before, [minimalEdit(before, after)])).toBe(after);
      }),
    );
  });
});
