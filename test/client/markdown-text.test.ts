import { expect, test } from "vitest";
import { codeMarkdown, plainMarkdown } from "../../client/src/markdown-text.ts";

test.each([
  ["[a](command:b)", "\\[a\\]\\(command:b\\)"],
  ["a | <b> & `c`", "a \\| \\<b\\> \\& \\`c\\`"],
  ["one\r\n\n# two", "one \\# two"],
])("plainMarkdown() shows %j as it is written", (text, expected) => {
  expect(plainMarkdown(text)).toBe(expected);
});

test("codeMarkdown() cannot be left by what it shows", () => {
  expect(codeMarkdown("fc1.weight")).toBe("`fc1.weight`");
  expect(codeMarkdown("a`[b](command:c)\n`")).toBe("`a [b](command:c)  `");
});
