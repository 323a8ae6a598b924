import { expect, test } from "vitest";
import { matchesPath } from "../../../server/src/config/path-pattern.ts";

test.each([
  ["", [], true],
  ["", ["a"], false],
  ["a.b", ["a", "b"], true],
  ["a.b", ["a"], false],
  ["a.b", ["a", "b", "c"], false],
  ["a.*.c", ["a", 0, "c"], true],
  ["a.*", ["a"], false],
  ["a.**", ["a"], true],
  ["a.**", ["a", "b", 3], true],
  ["**.c", ["a", "b", "c"], true],
  ["**.c", ["c", "a"], false],
] as const)("matchesPath(%j, %j) is %j", (pattern, path, expected) => {
  expect(matchesPath(pattern, path)).toBe(expected);
});
