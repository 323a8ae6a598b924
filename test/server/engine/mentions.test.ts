import { describe, expect, test } from "vitest";
import { mentions } from "../../../server/src/engine/mentions.ts";
import type { CodeText } from "../../../server/src/syntax/code-text.ts";

const mentionsIn = (text: string, language: "python" | "yaml" = "python") =>
  mentions({ language, text });

describe("mentions", () => {
  const has = mentionsIn("opt = torch.optim.AdamW(p)");

  test.each([
    [[], true],
    [[["optim"]], true],
    [[["adamw"]], true],
    [[["sgd", "adam"], ["torch"]], true],
    [[["torch"], ["sklearn"]], false],
    [[[]], false],
    [[["never_heard_of"]], false],
    [[["\btorch\b"]], true],
    [[["\badam\b"]], false],
  ])("of every group of %j one word: %s", (groups, expected) => {
    expect(has.all(groups)).toBe(expected);
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
    expect(mentionsIn(text).all([[sign]])).toBe(expected);
  });

  test("reads the comments of configs, and of Python the code alone", () => {
    const text = "lr: 1 # adamw";
    expect(mentionsIn(text).all([["adamw"]])).toBe(false);
    expect(mentionsIn(text, "yaml").all([["adamw"]])).toBe(true);
  });

  test("lets marked words stand in comments", () => {
    expect(mentionsIn("x = 1  # adamw").all([["#adamw"]])).toBe(true);
    expect(mentionsIn("adamw(x)").all([["#adamw"]])).toBe(true);
    expect(mentionsIn("x = 1  # adamw").all([["#\blion\b"]])).toBe(false);
  });

  test("asks functions about the code", () => {
    const isLong = ({ text }: CodeText) => text.length > 9;
    expect(mentionsIn("x = 1  # a long comment").all([isLong])).toBe(false);
    expect(mentionsIn("x = 1 + 2 + 3").all([isLong, ["x"]])).toBe(true);
  });
});
