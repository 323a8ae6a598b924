import { expect, test } from "vitest";
import { fillFrom } from "../../../core/formats/node-file.ts";

/** A file that gives at most two bytes a call, as the system may. */
const file = {
  read: (buffer: Uint8Array, offset: number, length: number, position: number) => {
    const piece = Uint8Array.of(0, 1, 2, 3, 4).slice(position, position + Math.min(2, length));
    buffer.set(piece, offset);
    return Promise.resolve({ bytesRead: piece.length });
  },
  close: () => Promise.resolve(),
};

test("fillFrom() reads on until the target is full, or the file ends", async () => {
  const target = new Uint8Array(4);
  expect(await fillFrom(file, 1, target)).toBe(4);
  expect([...target]).toEqual([1, 2, 3, 4]);
  expect(await fillFrom(file, 3, target)).toBe(2);
  expect([...target]).toEqual([3, 4, 3, 4]);
});
