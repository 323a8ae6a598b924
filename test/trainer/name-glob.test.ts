import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchesGlob } from "../../trainer/src/name-glob.ts";

describe("matchesGlob", () => {
  test.each([
    ["image.*", "image.conv1.weight", true],
    ["image.*", "images.conv1.weight", false],
    ["*.weight", "image.conv1.weight", true],
    ["*.weight", "image.conv1.bias", false],
    ["*.conv?.*", "image.conv1.weight", true],
    ["*.conv?.*", "image.conv12.weight", false],
    ["head.weight", "head.weight", true],
    ["", "", true],
    ["*", "", true],
  ])("%s fits %s: %s", (pattern, name, expected) => {
    expect(matchesGlob(pattern, name)).toBe(expected);
  });

  test("agrees with the regular expression that a glob stands for", () => {
    const letters = (alphabet: string) =>
      fc.array(fc.constantFrom(...alphabet), { maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(letters("ab.*?"), letters("ab."), (pattern, name) => {
        const source = pattern.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".");
        expect(matchesGlob(pattern, name)).toBe(new RegExp(`^${source}$`).test(name));
      }),
    );
  });
});
