import { expect, test } from "vitest";
import { sliceOf } from "../../../core/formats/byte-source.ts";
import { bytesInMemory } from "../../support/bytes-in-memory.ts";

test("sliceOf() counts from its own start and never reads over its end", async () => {
  const slice = sliceOf(bytesInMemory(Uint8Array.of(0, 1, 2, 3, 4, 5)), 2, 5);
  expect(slice.sizeBytes).toBe(3);
  expect([...(await slice.read(0, 2))]).toEqual([2, 3]);
  expect([...(await slice.read(1, 99))]).toEqual([3, 4]);
});
