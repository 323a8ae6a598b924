import { describe, expect, test, vi } from "vitest";
import { byText } from "../../../server/src/syntax/by-text.ts";
import { codeText } from "../../../server/src/syntax/code-text.ts";

const codeOf = (text: string, isEdited: boolean) =>
  codeText(new TextEncoder().encode(text), isEdited);

describe("byText()", () => {
  test("reads a part of edited code once, whatever the version", () => {
    const read = vi.fn((text: string) => text.length);
    const length = byText(read);
    for (const end of ["a", "ab", "abc"]) {
      const code = codeOf(`def f():\n    pass\ndef g():\n    ${end}\n`, true);
      const before = "def f():\n    pass\n".length;
      expect(code.parts.map((part) => length(part, code))).toEqual([0, before, 14 + end.length]);
    }
    // The empty beginning, `f`, and three versions of `g`.
    expect(read).toHaveBeenCalledTimes(5);
  });

  test("remembers nothing of code that is read once", () => {
    const read = vi.fn((text: string) => text.length);
    const length = byText(read);
    const code = codeOf("def f(): pass\ndef g(): pass\n", false);
    expect(code.parts).toEqual([code.text]);
    for (let time = 0; time < 3; time += 1) expect(length(code.text, code)).toBe(28);
    expect(read).toHaveBeenCalledTimes(3);
  });

  test("forgets rather than grow without end", () => {
    const read = vi.fn((text: string) => text[0]);
    const first = byText(read);
    const code = codeOf("", true);
    const texts = Array.from({ length: 7 }, (_, index) => `${index}`.repeat(100_000));
    for (const text of texts) expect(first(text, code)).toBe(text[0]);
    expect(first(texts[6] ?? "", code)).toBe("6");
    expect(read).toHaveBeenCalledTimes(7);
    expect(first(texts[0] ?? "", code)).toBe("0");
    expect(read).toHaveBeenCalledTimes(8);
  });
});

test("the parts of a code add up to it", () => {
  const text =
    'import é\n@f\nclass A:\n    x = "ü"\n    async def f(): pass\n    def g(): pass\ny = 1';
  const { parts } = codeOf(text, true);
  expect(parts.join("")).toBe(text);
  expect(parts).toHaveLength(4);
});
