import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { lineIndex } from "../../../server/src/engine/line-index.ts";

const text = fc
  .array(fc.constantFrom("a", "λ", "😀", "\n", "\r\n", "\r", "\t"), { maxLength: 40 })
  .map((parts) => parts.join(""));

describe("lineIndex()", () => {
  test("agrees with LSP's own text document on any text", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: -2, max: 60 }), (content, offset) => {
        const theirs = TextDocument.create("file:///a", "python", 0, content);
        const ours = lineIndex(content);
        expect(ours.lineCount).toBe(theirs.lineCount);
        // Theirs moves an offset inside a line break back to the line's end, ours names the place.
        const isInBreak = content.slice(offset - 1, offset + 1) === "\r\n";
        if (!isInBreak) expect(ours.positionAt(offset)).toEqual(theirs.positionAt(offset));
      }),
    );
  });

  test("offsetAt() undoes positionAt() outside of line breaks", () => {
    fc.assert(
      fc.property(text, fc.nat(60), (content, at) => {
        const offset = Math.min(at, content.length);
        if (content.slice(offset - 1, offset + 1) === "\r\n") return;
        const lines = lineIndex(content);
        expect(lines.offsetAt(lines.positionAt(offset))).toBe(offset);
      }),
    );
  });

  test("lineSpan() leaves the terminator out", () => {
    const content = "one\r\ntwo\rthree\n";
    const lines = lineIndex(content);
    const shown = [0, 1, 2, 3, 9].map((line) => {
      const { start, end } = lines.lineSpan(line);
      return content.slice(start, end);
    });
    expect(shown).toEqual(["one", "two", "three", "", ""]);
  });

  test("codePointColumn() counts an emoji once, UTF-16 twice", () => {
    const content = "x\n'😀' + w";
    const lines = lineIndex(content);
    const offset = content.indexOf("+");
    expect(lines.codePointColumn(offset)).toBe(4);
    expect(lines.positionAt(offset)).toEqual({ line: 1, character: 5 });
  });
});
