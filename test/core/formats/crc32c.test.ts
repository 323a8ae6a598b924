import { describe, expect, test } from "vitest";
import { crc32c, maskedCrc32c } from "../../../core/formats/crc32c.ts";

describe("crc32c", () => {
  // RFC 3720, appendix B.4; its table lists the bytes in wire order.
  test.each([
    ["no bytes", new Uint8Array(0), 0],
    ["32 zeros", new Uint8Array(32), 0x8a9136aa],
    ["32 ones", new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ["0 to 31", Uint8Array.from({ length: 32 }, (_, index) => index), 0x46dd794e],
    ["31 to 0", Uint8Array.from({ length: 32 }, (_, index) => 31 - index), 0x113fdb5c],
    ["123456789", new TextEncoder().encode("123456789"), 0xe3069283],
  ])("matches the check value of %s", (_name, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });
});

describe("maskedCrc32c", () => {
  test("rotates right by 15 bits and adds the constant", () => {
    // For no bytes the checksum is 0, so only the constant is left.
    expect(maskedCrc32c(new Uint8Array(0))).toBe(0xa282ead8);
    const crc = 0x8a9136aan;
    const rotated = ((crc >> 15n) | (crc << 17n)) & 0xffffffffn;
    expect(BigInt(maskedCrc32c(new Uint8Array(32)))).toBe((rotated + 0xa282ead8n) % 2n ** 32n);
  });
});
