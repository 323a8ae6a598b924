import { describe, expect, test } from "vitest";
import { rowMajorBytes } from "../../../core/weights/row-major-bytes.ts";
import { tileGrid, tileOfElement } from "../../../core/weights/tiles.ts";
import { elementsOf, type StoredTensor } from "../../../core/weights/weight-file.ts";
import { bytesInMemory } from "../../support/bytes-in-memory.ts";

/** Elements 0, 1, … in rows. */
const inRows = (shape: readonly number[]) =>
  Uint16Array.from({ length: elementsOf(shape) }, (_, at) => at);

function tensorOf(shape: readonly number[], stored: Uint16Array): StoredTensor {
  const bytes = bytesInMemory(new Uint8Array(stored.buffer));
  return { name: "w", dtype: "uint16", shape, bytes };
}

/** Number of the element at each place of the tiled order. */
function tiled(shape: readonly number[], tile: readonly number[]): Uint16Array {
  const stored: number[] = [];
  while (stored.length < elementsOf(shape)) {
    const { start, size } = tileOfElement(shape, tile, stored.length);
    for (let at = 0; at < elementsOf(size); at++) {
      let [rest, place, step] = [at, 0, 1];
      const index = size.map(() => 0);
      for (let axis = size.length - 1; axis >= 0; axis--) {
        index[axis] = (rest % (size[axis] ?? 1)) + (start[axis] ?? 0);
        rest = Math.floor(rest / (size[axis] ?? 1));
      }
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        place += (index[axis] ?? 0) * step;
        step *= shape[axis] ?? 1;
      }
      stored.push(place);
    }
  }
  return Uint16Array.from(stored);
}

async function wordsOf(tensor: StoredTensor, start = 0, end = elementsOf(tensor.shape)) {
  const bytes = rowMajorBytes(tensor);
  if ("problem" in bytes) throw new RangeError(bytes.problem);
  const read = Uint8Array.from(await bytes.read(2 * start, 2 * end));
  return [...new Uint16Array(read.buffer)];
}

describe("rowMajorBytes()", () => {
  test.each([
    [
      [4, 5],
      [3, 2],
    ],
    [
      [7, 3],
      [2, 8],
    ],
    [
      [5, 9],
      [8, 4],
    ],
    [
      [3, 4, 5],
      [2, 3, 2],
    ],
    [[9], [4]],
  ])("puts %j out of tiles of %j into rows", async (shape, tile) => {
    const tensor = { ...tensorOf(shape, tiled(shape, tile)), tile };
    expect(tileGrid(shape, tile)).not.toContain(0);
    const whole = [...inRows(shape)];
    expect(await wordsOf(tensor)).toEqual(whole);
    for (let start = 0; start < whole.length; start += 3) {
      expect(await wordsOf(tensor, start, start + 4)).toEqual(whole.slice(start, start + 4));
    }
  });

  test("puts turned axes into rows", async () => {
    const stored = Uint16Array.of(0, 3, 1, 4, 2, 5);
    expect(await wordsOf({ ...tensorOf([2, 3], stored), strides: [1, 2] })).toEqual([
      0, 1, 2, 3, 4, 5,
    ]);
  });

  test.each([
    ["tiles", { tile: [1 << 20, 1] }],
    ["axes", { strides: [1, 1 << 20] }],
  ])("refuses %s that would not fit into memory", (_, order) => {
    const tensor = { ...tensorOf([1 << 20, 1 << 10], new Uint16Array(0)), ...order };
    expect(rowMajorBytes(tensor)).toMatchObject({ problem: expect.stringContaining("at once") });
  });
});
