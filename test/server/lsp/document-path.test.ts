import { describe, expect, test } from "vitest";
import { isHistory, pathOfUri } from "../../../server/src/lsp/document-path.ts";

describe("pathOfUri()", () => {
  test.each([
    ["file:///a/b%20c.py", "/a/b c.py"],
    ["untitled:Untitled-1", undefined],
    ["git:/a/b.py?%7B%22ref%22%3A%22HEAD%22%7D", undefined],

    ["file://host/share/a.py", undefined],
    ["file:///a%2Fb.py", undefined],
    ["", undefined],
    ["no uri at all", undefined],
  ])("%s", (uri, expected) => expect(pathOfUri(uri)).toBe(expected));
});

test("isHistory() knows the old side of a comparison", () => {
  expect(isHistory("git:/a.py?ref")).toBe(true);
  expect(isHistory("file:///git/a.py")).toBe(false);
});
