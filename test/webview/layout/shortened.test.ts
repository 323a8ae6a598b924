import { expect, test } from "vitest";
import { shortened } from "../../../webview/src/layout/shortened.ts";

test.each([
  ["cement", 6, "cement"],
  ["superplasticizer", 6, "super…"],
  ["ab", 0, "…"],
])("shortened(%s) to %i letters", (text, width, short) => {
  expect(shortened(text, width, ({ length }) => length)).toBe(short);
});
