import { describe, expect, test } from "vitest";
import { codeParts } from "../../../../server/src/syntax/python/code-parts.ts";

describe("codeParts()", () => {
  test.each([
    ["a comment", "x = 1  # word", "x = 1  ", "# word"],
    ["the line behind a comment", "# a\nword", "\nword", "# a"],
    ["several comments", "# a\nx\n# b", "\nx\n", "# a\n# b"],
    ["a string", 'x = "word"', 'x = "word"', ""],
    ["a hash in a string", 'x = "#" + y', 'x = "#" + y', ""],
    ["an escaped quote and a hash", String.raw`x = "\"#" + y`, String.raw`x = "\"#" + y`, ""],
    ["a docstring", 'a\n"""\nword\n"""\nb', 'a\n""\nb', ""],
    ["one with other quotes in it", "r'''\n \"\"\" # '''x", "r''x", ""],
    ["an open docstring", 'a """word', 'a ""', ""],
    ["an open string", 'x = "a # b\ny # c', 'x = "a # b\ny ', "# c"],
    ["three quotes in a string", `x = '"""' + y`, `x = '"""' + y`, ""],
    ["an empty text", "", "", ""],
  ])("takes apart %s", (_name, text, code, comments) => {
    const parts = codeParts(new TextEncoder().encode(text));
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    expect({ code: decode(parts.code), comments: decode(parts.comments) }).toEqual({
      code,
      comments,
    });
  });
});
