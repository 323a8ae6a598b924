import { expect, test } from "vitest";
import { joinedBytes } from "../../../core/formats/joined-bytes.ts";
import { bytesInMemory } from "../../support/bytes-in-memory.ts";

test("joinedBytes() reads over the borders of its parts, and no further than the last", async () => {
  const parts = [[0, 1, 2], [], [3], [4, 5]].map((part) => bytesInMemory(Uint8Array.from(part)));
  const joined = joinedBytes(parts);
  expect(joined.sizeBytes).toBe(6);
  for (let start = 0; start <= 6; start++) {
    for (let end = start; end <= 8; end++) {
      const expected = [0, 1, 2, 3, 4, 5].slice(start, end);
      expect([...(await joined.read(start, end))]).toEqual(expected);
    }
  }
});
