import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePythonLiteral } from "../../../core/formats/python-literal.ts";

describe("parsePythonLiteral", () => {
  test.each([
    ["'a'", "a"],
    ['"it\'s"', "it's"],
    ["42L", 42],
    ["True", true],
    ["(3,)", [3]],
    ["()", []],
    [
      "[('a', '<f4'), ('b', '<i4', (2,))]",
      [
        ["a", "<f4"],
        ["b", "<i4", [2]],
      ],
    ],
    [
      "{'a': 1, 'b': False, }",
      new Map<string, unknown>([
        ["a", 1],
        ["b", false],
      ]),
    ],
    ["-1", undefined],
    ["None", undefined],
    ["'open", undefined],
    ["", undefined],
  ])("reads %s", (text, expected) => {
    expect(parsePythonLiteral(text)).toEqual(expected);
  });

  test("comes to an end on any text, however deep", () => {
    expect(() => parsePythonLiteral("(".repeat(10_000))).not.toThrow();
    const letters = fc.string({ unit: fc.constantFrom(..."{}()[]:,'\"1aL \n") });
    fc.assert(fc.property(letters, (text) => void parsePythonLiteral(text)));
  });
});
