import { expect, test } from "vitest";
import { createPickleReader } from "../../../core/formats/pickle-reader.ts";

test("numbers are little-endian, floats the other way round", () => {
  const reader = createPickleReader(
    Uint8Array.of(7, 1, 2, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0),
  );
  expect(reader.unsigned(1)).toBe(7);
  expect(reader.unsigned(2)).toBe(513);
  expect(reader.unsigned(4)).toBe(1);
  expect(reader.signed(4)).toBe(-1);
  expect(reader.float()).toBe(1);
  expect(reader.position()).toBe(19);
});

test("texts and lines", () => {
  const reader = createPickleReader(Buffer.from("äb\nnext"));
  expect(reader.text(2)).toBe("ä");
  expect(reader.line()).toBe("b");
  expect(() => reader.line()).toThrow("a line has no end");
  expect(() => reader.bytes(5)).toThrow("it ends too early");
  expect(() => reader.bytes(Number.NaN)).toThrow("it ends too early");
});
