import { describe, expect, test } from "vitest";
import { mentions } from "../../../server/src/engine/mentions.ts";

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
});
