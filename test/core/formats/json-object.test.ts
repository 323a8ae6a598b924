import { expect, test } from "vitest";
import { isJsonObject, parseJsonObject } from "../../../core/formats/json-object.ts";

test.each([
  ['{"a": 1}', { a: 1 }],
  ["{}", {}],
  ["[1]", undefined],
  ["null", undefined],
  ["3", undefined],
  ["{", undefined],
  ["", undefined],
])("parseJsonObject(%s) gives objects alone", (text, expected) => {
  expect(parseJsonObject(text)).toEqual(expected);
});

test("isJsonObject() takes no arrays and no null", () => {
  expect([{}, [], null, "a"].map(isJsonObject)).toEqual([true, false, false, false]);
});
