import { describe, expect, test } from "vitest";
import { crc32 } from "../../../core/formats/crc32.ts";

describe("crc32", () => {
  test("gives the check value of the standard, and 0 of nothing", () => {
    expect(crc32(new Uint8Array(Buffer.from("123456789")))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array(0))).toBe(0);
  });

  test("sums piece by piece", () => {
    const [a, b] = [Buffer.from("1234"), Buffer.from("56789")];
    expect(crc32(b, crc32(a))).toBe(0xcbf43926);
  });
});
