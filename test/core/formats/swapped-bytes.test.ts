import { expect, test } from "vitest";
import { swappedBytes } from "../../../core/formats/swapped-bytes.ts";
import { bytesInMemory } from "../../support/bytes-in-memory.ts";

const STORED = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

test.each([
  [1, [...STORED]],
  [2, [1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10]],
  [4, [3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8]],
])("swappedBytes() turns elements of %i bytes around", async (itemBytes, wanted) => {
  const swapped = swappedBytes(bytesInMemory(STORED), itemBytes);
  expect([...(await swapped.read(0, 12))]).toEqual(wanted);
  for (let start = 0; start < 12; start++) {
    expect([...(await swapped.read(start, 11))]).toEqual(wanted.slice(start, 11));
  }
});
