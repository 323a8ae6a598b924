import { expect, test } from "vitest";
import { histogramPair } from "../../../webview/src/layout/histogram-pair.ts";

const BOX = { width: 100, height: 10, gap: 0, power: 1 };

test("histogramPair() draws both on one axis, heights by density", () => {
  const ours = { edges: [-1, 0, 1], counts: [1, 1] };
  // The same number of values on twice the width: half the density.
  const theirs = { edges: [-2, 0, 2], counts: [1, 1] };
  const pair = histogramPair(ours, theirs, BOX);
  expect([pair?.from, pair?.to]).toEqual([-2, 2]);
  expect(pair?.bars.map(({ x, width, y, height }) => [x, width, y, height])).toEqual([
    [25, 25, 0, 10],
    [50, 25, 0, 10],
  ]);
  expect(pair?.outline).toBe("M0.0 10.0V5.0H50.0V5.0H100.0V10.0");
});

test("histogramPair() takes one that is empty, and gives nothing for two", () => {
  const none = { edges: [0], counts: [] };
  const some = { edges: [0, 1], counts: [3] };
  expect(histogramPair(some, none, BOX)).toMatchObject({ from: 0, to: 1, outline: "" });
  expect(histogramPair(none, some, BOX)?.bars).toEqual([]);
  expect(histogramPair(none, none, BOX)).toBeUndefined();
});
