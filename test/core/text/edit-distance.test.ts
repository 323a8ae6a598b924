import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editDistance, nearestWord } from "../../../core/text/edit-distance.ts";

describe("editDistance()", () => {
  test.each([
    ["", "", 0],
    ["", "abc", 3],
    ["weight_decay", "weight_decay", 0],
    ["weight_decy", "weight_decay", 1],
    ["wieght_decay", "weight_decay", 1],
    ["kitten", "sitting", 3],
    // The restricted form edits no part twice; the unrestricted distance of this pair is 2.
    ["ca", "abc", 3],
  ])("%j to %j takes %i", (a, b, distance) => expect(editDistance(a, b)).toBe(distance));

  test("tells above a limit only that it is above it", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "_"), maxLength: 8 });
    fc.assert(
      fc.property(word, word, fc.nat(4), (a, b, limit) => {
        const distance = editDistance(a, b);
        const limited = editDistance(a, b, limit);
        if (distance <= limit) expect(limited).toBe(distance);
        else expect(limited).toBeGreaterThan(limit);
      }),
    );
  });

  test("is symmetric, bounded by the longer word, 0 only for equal words", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "_"), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(distance === 0).toBe(a === b);
      }),
    );
  });
});

describe("nearestWord()", () => {
  test.each([
    ["weight_deacy", ["weight_decay", "lora_dropout"], "weight_decay"],
    ["optimzer", ["optimizer", "momentum"], "optimizer"],
    ["lr", ["l1", "l2"], undefined],
    ["abcd", ["abce", "abcf"], undefined],
    ["abcd", ["abce", "abcf", "abcd"], "abcd"],
    ["something", ["weight_decay"], undefined],
    ["", ["a"], undefined],
  ])("%j among %j is %j", (word, candidates, expected) => {
    expect(nearestWord(word, candidates)).toBe(expected);
  });
});
