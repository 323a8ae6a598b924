import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { SOURCE_DOCUMENTS, type SourceDocument } from "../../../server/src/lsp/source-document.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";

const { create, update } = SOURCE_DOCUMENTS;

const START = "import torch\n\nclass Net:\n    def f(self, x):\n        return x * 2\n";

/** What the rules see of a document: its tree, positions included. */
function treeOf(document: SourceDocument): string {
  const syntax = document.syntax(NO_PROJECT);
  return syntax?.language === "python"
    ? JSON.stringify([syntax.program.module.body, syntax.program.module.comments])
    : "";
}

const edit = fc.record({
  at: fc.nat(80),
  length: fc.integer({ min: -12, max: 12 }),
  text: fc.constantFrom("", "x", "\n", "    ", "def g(", ")", ":", "'''", "# c", "= 1\n", "😀"),
  isParsed: fc.boolean(),
});

describe("SOURCE_DOCUMENTS", () => {
  test("any series of edits gives the text and the tree that a fresh document has", () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
        let document = create("file:///a.py", "python", 0, START);
        for (const { at, length, text, isParsed } of edits) {
          if (isParsed) document.syntax(NO_PROJECT);
          const view = TextDocument.create("", "", 0, document.text);
          const range = { start: view.positionAt(at), end: view.positionAt(at + length) };
          document = update(document, [{ range, text }], document.version + 1);
          expect(document.text).toBe(TextDocument.applyEdits(view, [{ range, newText: text }]));
        }
        expect(treeOf(document)).toBe(treeOf(create("", "python", 0, document.text)));
      }),
      { numRuns: 60 },
    );
  });

  test("one notification may hold several changes, each after the one before it", () => {
    const document = create("file:///a.py", "python", 0, "ab");
    const at = (character: number) => ({ line: 0, character });
    const next = update(
      document,
      [
        { range: { start: at(0), end: at(1) }, text: "xyz" },
        { range: { start: at(3), end: at(4) }, text: "!" },
      ],
      1,
    );
    expect(next.text).toBe("xyz!");
    expect(update(next, [{ text: "all new" }], 2).text).toBe("all new");
  });

  test.each([
    ["python", "untitled:Untitled-1", "python"],
    ["yaml", "untitled:Untitled-1", "yaml"],
    ["jsonc", "file:///settings", "json"],
    ["toml", "file:///settings", "toml"],
    ["plaintext", "file:///a.toml", "toml"],
    ["plaintext", "file:///a.py", "python"],
    ["plaintext", "file:///a.txt", undefined],
  ])("language id %s at %s is read as %s", (languageId, uri, expected) => {
    expect(create(uri, languageId, 0, "").language).toBe(expected);
  });
});
