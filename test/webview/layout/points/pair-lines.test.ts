import { expect, test } from "vitest";
import { MOST_LINKED_ITEMS, pairLines } from "../../../../webview/src/layout/points/pair-lines.ts";
import { pointSet } from "../../../../webview/src/layout/points/point-set.ts";
import { VIEW } from "../../embedding-view.ts";

test("pairLines() joins all visible points of each item", () => {
  const points = pointSet([
    ...VIEW.clouds,
    { modality: "text", rows: Int32Array.of(0), xy: Float32Array.of(0, 0) },
  ]);
  const all = new Uint8Array(6).fill(1);
  expect([...pairLines(points, all, [0, 1])]).toEqual([0, 3, 0, 5, 3, 5]);
  expect([...pairLines(points, Uint8Array.of(1, 1, 1, 0, 1, 1), [0, 2])]).toEqual([0, 5, 2, 4]);
  expect(pairLines(points, all, [])).toHaveLength(0);
});

test("pairLines() are few enough to be told apart", () => {
  const rows = Int32Array.from({ length: 100 }, (_, index) => index);
  const cloud = { rows, xy: new Float32Array(200) };
  const points = pointSet([
    { modality: "image", ...cloud },
    { modality: "text", ...cloud },
  ]);
  const lines = pairLines(points, new Uint8Array(200).fill(1), [...rows]);
  expect(lines).toHaveLength(2 * MOST_LINKED_ITEMS);
});
