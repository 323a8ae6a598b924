import { describe, expect, test } from "vitest";
import { mentions, mentionsInBytes } from "../../../server/src/engine/mentions.ts";

describe("mentions", () => {
  const has = mentions("opt = torch.optim.AdamW(p)");

  test.each([
    [[], true],
    [[["optim"]], true],
    [[["adamw"]], true],
    [[["sgd", "adam"], ["torch"]], true],
    [[["torch"], ["sklearn"]], false],
    [[[]], false],
  ])("of every group of %j one word: %s", (groups, expected) => {
    expect(has(groups)).toBe(expected);
  });

  test.each([
    ["w ** 2", "**", true],
    ["(a)**2", "**", true],
    ["w **n", "**", true],
    ["f(a, **options)", "**", false],
    ["def f(**options): pass", "**", false],
    ["x @ w", "@", true],
    ["x.T@w", "@", true],
    ["@cache\ndef f(): pass", "@", false],
  ])("of %j the operator %s: %s", (text, sign, expected) => {
    expect(mentions(text)([[sign]])).toBe(expected);
  });

  test("of bytes what it tells of the text, words of other rules too", () => {
    const text = "opt = AdamW(p) # λ ** 2, unheard_of";
    const inBytes = mentionsInBytes(new TextEncoder().encode(text));
    for (const word of ["adamw", "sgd", "**", "@", "unheard_of", "never_heard_of", "λ"]) {
      expect(inBytes([[word]])).toBe(mentions(text)([[word]]));
    }
  });
});
