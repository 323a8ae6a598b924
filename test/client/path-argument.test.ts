import { expect, test } from "vitest";
import { pathOf } from "../../client/src/path-argument.ts";

test.each([
  [{ fsPath: "/m/w.pt" }, "/m/w.pt"],
  [{ fsPath: 3 }, undefined],
  [{ folder: "/m" }, undefined],
  ["/m/w.pt", undefined],
  [null, undefined],
])("pathOf(%j) is the path of a URI, and nothing of anything else", (argument, expected) => {
  expect(pathOf(argument)).toBe(expected);
});
