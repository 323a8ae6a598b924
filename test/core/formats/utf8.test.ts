import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeUtf8, decodeUtf8Lossy, encodeUtf8 } from "../../../core/formats/utf8.ts";

test("decodeUtf8() gives back any text, a byte order mark included", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(decodeUtf8(encodeUtf8(`\ufeff${text}`))).toBe(`\ufeff${text}`);
    }),
  );
});

test("decodeUtf8() refuses what decodeUtf8Lossy() repairs", () => {
  const torn = encodeUtf8("aä").subarray(0, 2);
  expect(decodeUtf8(torn)).toBeUndefined();
  expect(decodeUtf8Lossy(torn)).toBe("a\ufffd");
});
