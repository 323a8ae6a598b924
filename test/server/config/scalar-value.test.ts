import { expect, test } from "vitest";
import { scalarOf } from "../../../server/src/config/scalar-value.ts";

test.each([
  ["1e-2", 0.01],
  ["-.5", -0.5],
  ["True", true],
  ["false", false],
  ["None", null],
  ["~", null],
  ["auto", "auto"],
])("scalarOf() reads %j", (text, value) => {
  const span = { start: 0, end: text.length };
  expect(scalarOf({ kind: "scalar", text, style: "plain", span })).toBe(value);
  expect(scalarOf({ kind: "scalar", text, style: "double-quoted", span })).toBe(text);
  expect(scalarOf({ kind: "unknown", span })).toBeUndefined();
});
