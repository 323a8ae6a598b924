import { expect, test } from "vitest";
import { fletcher32 } from "../../../core/formats/fletcher32.ts";

/** Both sums taken modulo 65,535 at every word. */
function slowly(bytes: Uint8Array): number {
  let [first, second] = [0, 0];
  for (let at = 0; at < bytes.length; at += 2) {
    first = (first + (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)) % 65_535;
    second = (second + first) % 65_535;
  }
  return second * 65_536 + first;
}

test.each([1, 2, 3, 717, 718, 719, 5000, 100_001])("fletcher32() of %i bytes", (length) => {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 97 + (index >> 3)) & 255);
  expect(fletcher32(bytes)).toBe(slowly(bytes));
});

test("fletcher32() stays exact where every word is the largest but one", () => {
  const bytes = new Uint8Array(50_000).fill(255);
  for (let at = 1; at < bytes.length; at += 2) bytes[at] = 254;
  expect(fletcher32(bytes)).toBe(slowly(bytes));
});
