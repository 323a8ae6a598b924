import { describe, expect, test } from "vitest";
import { unpackLzf } from "../../../core/formats/lzf.ts";

const bytes = (...values: number[]) => Uint8Array.of(...values);

describe("unpackLzf()", () => {
  test.each([
    ["literals", bytes(2, 7, 8, 9), [7, 8, 9]],
    ["a copy that reaches into itself", bytes(0, 5, 0x40, 0), [5, 5, 5, 5, 5]],
    ["a copy from farther back", bytes(3, 1, 2, 3, 4, 0x20, 3), [1, 2, 3, 4, 1, 2, 3]],
    ["a long copy", bytes(0, 9, 0xe0, 3, 0), Array.from({ length: 13 }, () => 9)],
  ])("unpacks %s", (_, packed, values) => {
    expect([...(unpackLzf(packed, values.length) ?? [])]).toEqual(values);
  });

  test.each([
    ["literals that are not there", bytes(3, 1, 2), 4],
    ["a copy from before the start", bytes(0, 5, 0x40, 1), 5],
    ["a copy without its distance", bytes(0, 5, 0x40), 5],
    ["more than there is room for", bytes(0, 5, 0xe0, 255, 0), 20],
    ["less than was stated", bytes(0, 5), 2],
  ])("refuses %s", (_, packed, size) => expect(unpackLzf(packed, size)).toBeUndefined());
});
