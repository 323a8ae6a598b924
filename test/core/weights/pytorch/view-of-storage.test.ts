import { expect, test } from "vitest";
import { viewOfStorage } from "../../../../core/weights/pytorch/view-of-storage.ts";
import { bytesInMemory } from "../../../support/bytes-in-memory.ts";

const storage = bytesInMemory(Uint8Array.from({ length: 48 }, (_, index) => index));
const view = (offset: number, shape: number[], strides: number[]) =>
  viewOfStorage(storage, { offset, shape, strides }, 4);

test("rows one after the other are a range", async () => {
  const found = view(1, [2, 3], [3, 1]);
  if ("problem" in found) throw new Error(found.problem);
  expect(found.strides).toBeUndefined();
  expect(found.bytes.sizeBytes).toBe(24);
  expect([...(await found.bytes.read(0, 2))]).toEqual([4, 5]);
});

test.each([
  ["a transposed matrix", [3, 2], [1, 3]],
  ["channels last", [1, 2, 2, 3], [12, 1, 6, 2]],
])("%s is a range with strides", (_, shape, strides) => {
  expect(view(0, shape, strides)).toMatchObject({ strides });
});

test.each([
  ["a scalar", 11, [], []],
  ["an empty tensor", 12, [0, 3], [3, 1]],
  ["an axis of one, whatever its stride", 0, [1, 3], [99, 1]],
])("%s is a range", (_, offset, shape, strides) => {
  expect(view(offset, shape, strides)).toMatchObject({ bytes: { sizeBytes: expect.any(Number) } });
});

test.each([
  ["every second element", 0, [3], [2], /gaps or repeats/],
  ["one element many times", 0, [1000], [0], /gaps or repeats/],
  ["more than the storage has", 10, [2, 3], [3, 1], /needs 64 bytes of a storage of 48/],
  ["a shape beyond all numbers", 0, [2 ** 40, 2 ** 40], [2 ** 40, 1], /not possible/],
  ["a stride too few", 0, [2, 2], [1], /not possible/],
])("%s is a problem", (_, offset, shape, strides, problem) => {
  expect(view(offset, shape, strides)).toEqual({ problem: expect.stringMatching(problem) });
});
