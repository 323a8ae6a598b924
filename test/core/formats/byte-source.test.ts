import { expect, test } from "vitest";
import { readInto, sliceOf } from "../../../core/formats/byte-source.ts";
import { bytesInMemory } from "../../support/bytes-in-memory.ts";

test("sliceOf() counts from its own start and never reads over its end", async () => {
  const slice = sliceOf(bytesInMemory(Uint8Array.of(0, 1, 2, 3, 4, 5)), 2, 5);
  expect(slice.sizeBytes).toBe(3);
  expect([...(await slice.read(0, 2))]).toEqual([2, 3]);
  expect([...(await slice.read(1, 99))]).toEqual([3, 4]);
});

test("readInto() fills what there is, by whichever way the source has", async () => {
  const plain = bytesInMemory(Uint8Array.of(0, 1, 2, 3, 4, 5));
  for (const source of [plain, sliceOf(plain, 0, 6)]) {
    const target = new Uint8Array(4);
    expect(await readInto(source, 1, target)).toBe(4);
    expect([...target]).toEqual([1, 2, 3, 4]);
    expect(await readInto(source, 4, target)).toBe(2);
    expect([...target]).toEqual([4, 5, 3, 4]);
  }
});
