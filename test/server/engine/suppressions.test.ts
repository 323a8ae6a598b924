import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Language } from "../../../server/src/engine/document.ts";
import { lineIndex } from "../../../server/src/engine/line-index.ts";
import { parse } from "../../../server/src/engine/parse.ts";
import { suppressions } from "../../../server/src/engine/suppressions.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";
import { findingOf } from "../../support/finding-of.ts";

function suppressionOf(text: string, marked = "w * 2", language: Language = "python") {
  const syntax = parse({ path: "a", language, text, project: NO_PROJECT });
  return suppressions(text, syntax, lineIndex(text))(findingOf(text, marked));
}

const isSilent = (...given: Parameters<typeof suppressionOf>) =>
  suppressionOf(...given) === "silenced";

describe("suppressions()", () => {
  test.each([
    ["behind the code", "x = w * 2  # normlens: ignore[NL601]"],
    ["by name", "x = w * 2  # normlens: ignore[prune-zeroes-largest]"],
    ["one of several", "x = w * 2  # normlens: ignore[NL101, NL601]"],
    ["beside another comment", "x = w * 2  # twice. normlens: ignore[NL601]"],
    ["in lower case, without blanks", "x = w * 2  #normlens:ignore[nl601]"],
    ["on the line above", "# normlens: ignore[NL601]\nx = w * 2"],
    ["above further comments", "# normlens: ignore[NL601]\n# because\nx = w * 2"],
    ["indented above", "if a:\n    # normlens: ignore[NL601]\n    x = w * 2"],
    ["for the file, at its end", "x = w * 2\n# normlens: ignore-file[NL601]"],
    ["with Windows line ends", "a = 1\r\nx = w * 2  # normlens: ignore[NL601]\r\n"],
  ])("silences a finding %s", (_name, text) => expect(isSilent(text)).toBe(true));

  test.each([
    ["another rule", "x = w * 2  # normlens: ignore[NL602]"],
    ["no rule", "x = w * 2  # normlens: ignore[]"],
    ["no list", "x = w * 2  # normlens: ignore"],
    ["the line below", "x = w * 2\n# normlens: ignore[NL601]"],
    ["two lines above", "# normlens: ignore[NL601]\n\nx = w * 2"],
    ["the line above, behind code", "a = 1  # normlens: ignore[NL601]\nx = w * 2"],
    ["a string that only looks like it", "x = w * 2; s = '# normlens: ignore[NL601]'"],
  ])("keeps a finding when the comment names %s", (_name, text) =>
    expect(isSilent(text)).toBe(false),
  );

  test.each([
    ["no list", "x = w * 2  # normlens: ignore", "bare"],
    ["an empty list", "x = w * 2  # normlens: ignore[ ]", "bare"],
    ["a list that is not closed", "x = w * 2  # normlens: ignore[NL601", "bare"],
    ["no list, for the file", "x = w * 2\n# normlens: ignore-file", "bare"],
    ["another rule", "x = w * 2  # normlens: ignore[NL602]", "none"],
    ["another word", "x = w * 2  # normlens: ignored", "none"],
    [
      "no list beside a list",
      "# normlens: ignore\nx = w * 2  # normlens: ignore[NL601]",
      "silenced",
    ],
  ])("tells apart %s", (_name, text, suppression) => expect(suppressionOf(text)).toBe(suppression));

  test("a finding over several lines is silenced from its first and its last, not from between", () => {
    const call = (first: string, middle: string, last: string) =>
      `f(${first}\n  1,${middle}\n  2)${last}\n`;
    const comment = "  # normlens: ignore[NL601]";
    const silent = (text: string) => isSilent(text, text.slice(0, text.indexOf(")") + 1));
    expect(silent(call(comment, "", ""))).toBe(true);
    expect(silent(call("", "", comment))).toBe(true);
    expect(silent(call("", comment, ""))).toBe(false);
  });

  test("YAML and JSON with comments are heard too", () => {
    expect(isSilent("lr: 1  # normlens: ignore[NL601]\n", "lr: 1", "yaml")).toBe(true);
    expect(isSilent('{"a": 1 // normlens: ignore[NL601]\n}', '"a": 1', "json")).toBe(true);
  });

  test("a silenced finding never comes back, whatever stands around it", () => {
    const line = fc.constantFrom("a = 1", "", "def f():", "    b = (", "# note", "'''", "x = [1,");
    fc.assert(
      fc.property(fc.array(line), fc.array(line), (before, after) => {
        const target = "x = w * 2  # normlens: ignore[NL601]";
        const text = [...before, target, ...after].join("\n");
        const syntax = parse({ path: "a", language: "python", text, project: NO_PROJECT });
        const isComment =
          syntax.language === "python" &&
          syntax.program.module.comments.some((comment) => comment.text.includes("normlens"));
        // Inside an unfinished string it is text, not a comment.
        if (!isComment) return;
        expect(isSilent(text)).toBe(true);
      }),
    );
  });
});
