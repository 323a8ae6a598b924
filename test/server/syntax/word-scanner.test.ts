import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isScannable, wordScanner } from "../../../server/src/syntax/word-scanner.ts";

const EDGE = "\b";
const utf8 = (text: string) => new TextEncoder().encode(text);

/** What the scanner must find, one word after the other. */
function present(words: readonly string[], text: string): string[] {
  return words.filter((word) => {
    const letters = word.replaceAll(EDGE, "").replaceAll(/[^\w ]/g, String.raw`\$&`);
    const before = word.startsWith(EDGE) ? String.raw`(?<![\w\x80-\uffff])` : "";
    const after = word.endsWith(EDGE) ? String.raw`(?![\w\x80-\uffff])` : "";
    return new RegExp(before + letters + after, "i").test(text);
  });
}

function found(words: readonly string[], bits: Uint8Array, index: ReadonlyMap<string, number>) {
  return words.filter((word) => bits[index.get(word) ?? -1] === 1);
}

const letters = "abAB.c =éλ😀\n";
const edge = fc.constantFrom("", EDGE);
const word = fc
  .tuple(edge, fc.string({ unit: fc.constantFrom(..."ab.c ="), minLength: 1, maxLength: 4 }), edge)
  .map((parts) => parts.join(""))
  .filter(isScannable);
const text = fc.string({ unit: fc.constantFrom(...letters), maxLength: 40 });

describe("wordScanner()", () => {
  test("finds in one pass what looking for each word finds", () => {
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 8 }), text, (words, code) => {
        const scanner = wordScanner(words);
        const expected = present(words, code);
        expect(found(words, scanner.scan(utf8(code)), scanner.words)).toEqual(expected);
      }),
    );
  });

  test.each([
    ["one inside the other", ["weight", "eigh", "weight_decay"], "WEIGHT_DECAY = 0", 3],
    ["one at the end of the other", ["he", "she", "hers"], "ushers", 3],
    ["no words", [], "text", 0],
    ["no text", ["a"], "", 0],
  ])("finds words that overlap: %s", (_name, words, code, count) => {
    expect(present(words, code)).toHaveLength(count);
    expect(
      wordScanner(words)
        .scan(utf8(code))
        .reduce((sum, bit) => sum + bit, 0),
    ).toBe(count);
  });
});
