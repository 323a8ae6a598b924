import { describe, expect, test } from "vitest";
import { copyBox, tileGrid, tileOfElement } from "../../../core/weights/tiles.ts";

describe("tileOfElement()", () => {
  test.each([
    [[7], [3]],
    [
      [4, 5],
      [3, 2],
    ],
    [
      [4, 5],
      [4, 5],
    ],
    [
      [2, 3],
      [8, 8],
    ],
    [
      [3, 4, 5],
      [2, 3, 2],
    ],
  ])("finds the tile of every element of %j in tiles of %j", (shape, tile) => {
    const grid = tileGrid(shape, tile);
    let before = 0;
    for (let number = 0; number < grid.reduce((all, side) => all * side, 1); number++) {
      let rest = number;
      const place = grid.map(() => 0);
      for (let axis = grid.length - 1; axis >= 0; axis--) {
        place[axis] = rest % (grid[axis] ?? 1);
        rest = Math.floor(rest / (grid[axis] ?? 1));
      }
      const start = place.map((at, axis) => at * (tile[axis] ?? 1));
      const size = start.map((at, axis) => Math.min(tile[axis] ?? 1, (shape[axis] ?? 0) - at));
      const elements = size.reduce((all, side) => all * side, 1);
      for (const element of [before, before + elements - 1]) {
        expect(tileOfElement(shape, tile, element)).toEqual({ start, size, offset: before });
      }
      before += elements;
    }
    expect(before).toBe(shape.reduce((all, side) => all * side, 1));
  });
});

test("copyBox() moves a box of elements", () => {
  const from = {
    bytes: Uint8Array.from({ length: 24 }, (_, at) => at),
    shape: [3, 4],
    start: [1, 1],
  };
  const to = { bytes: new Uint8Array(12), shape: [2, 3], start: [0, 1] };
  copyBox(from, to, [2, 2], 2);
  expect([...to.bytes]).toEqual([0, 0, 10, 11, 12, 13, 0, 0, 18, 19, 20, 21]);
});
