import { expect, test } from "vitest";
import { printable } from "../../cli/src/printable.ts";

test.each([
  ["plain.weight", "plain.weight"],
  ["λ/../<b>", "λ/../<b>"],
  ["a\r\n\tb", "a b"],
  ["\u001b[2Jgone\u0007", "\uFFFD[2Jgone\uFFFD"],
  ["abc\u202Egnp", "abc\uFFFDgnp"],
  ["\u009b31m", "\uFFFD31m"],
])("printable() of %j", (text, shown) => expect(printable(text)).toBe(shown));
