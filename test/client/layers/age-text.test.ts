import { expect, test } from "vitest";
import { ageText } from "../../../client/src/layers/age-text.ts";

test.each([
  [0, "just now"],
  [59_999, "just now"],
  [60_000, "1 minute ago"],
  [3 * 3_600_000 + 5, "3 hours ago"],
  [2 * 86_400_000, "2 days ago"],
])("ageText(%i) is %s", (ms, expected) => expect(ageText(ms)).toBe(expected));
