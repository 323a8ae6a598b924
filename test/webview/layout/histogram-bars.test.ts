import { describe, expect, test } from "vitest";
import { histogramBars } from "../../../webview/src/layout/histogram-bars.ts";
import { histogramTable } from "../../../webview/src/layout/histogram-table.ts";
import { mergeBins } from "../../../webview/src/layout/merge-bins.ts";

const BOX = { width: 100, height: 80, gap: 0, power: 1 };

describe("histogramBars()", () => {
  test("draws the bins of a logarithmic histogram equally wide", () => {
    const log = { edges: [-10, -1, 1, 10], counts: [1, 0, 1], isLog: true as const };
    const [below, above] = histogramBars(log, BOX);
    expect(below?.width).toBeCloseTo(above?.width ?? 0, 12);
    expect([below?.from, above?.to]).toEqual([-10, 10]);
    expect((above?.x ?? 0) - (below?.x ?? 0)).toBeCloseTo((2 * BOX.width) / 3, 12);
  });

  test("colours by the side of zero, and a bar with zero inside by neither", () => {
    const histogram = { edges: [-2, -1, 0, 1, 2], counts: [1, 2, 3, 4] };
    expect(histogramBars(histogram, BOX).map((bar) => bar.side)).toEqual([
      "below",
      "below",
      "above",
      "above",
    ]);
    const odd = { edges: [-1.5, -0.5, 0.5, 1.5], counts: [1, 1, 1] };
    expect(histogramBars(odd, BOX).map((bar) => bar.side)).toEqual(["below", "across", "above"]);
  });

  test("places bars by their edges and their height by the count", () => {
    const [narrow, wide] = histogramBars({ edges: [0, 1, 4], counts: [2, 8] }, BOX);
    expect(narrow).toMatchObject({ x: 0, width: 25, height: 20, y: 60 });
    expect(wide).toMatchObject({ x: 25, width: 75, height: 80, y: 0 });
  });

  test("takes the root of the counts where asked", () => {
    const bars = histogramBars({ edges: [0, 1, 2], counts: [25, 100] }, { ...BOX, power: 0.5 });
    expect(bars[0]?.height).toBeCloseTo(40, 12);
  });

  test("keeps a gap between bars without losing thin ones", () => {
    const [first, second] = histogramBars({ edges: [0, 1, 2], counts: [1, 1] }, { ...BOX, gap: 2 });
    expect((second?.x ?? 0) - (first?.x ?? 0) - (first?.width ?? 0)).toBeCloseTo(2, 12);
    const edges = Array.from({ length: 201 }, (_, index) => index);
    const thin = histogramBars({ edges, counts: new Array(200).fill(1) }, { ...BOX, gap: 2 });
    expect(thin.every((bar) => bar.width > 0)).toBe(true);
  });

  test.each([
    ["no bins", { edges: [], counts: [] }],
    ["empty bins", { edges: [0, 1], counts: [0] }],
    ["edges that do not ascend", { edges: [1, 0], counts: [3] }],
    ["edges that are no numbers", { edges: [Number.NaN, 1], counts: [3] }],
  ])("draws nothing for %s", (_name, histogram) => {
    expect(histogramBars(histogram, BOX)).toEqual([]);
  });
});

describe("mergeBins()", () => {
  test("keeps the edge at zero and every count", () => {
    const edges = [-3, -2, -1, 0, 1, 2, 3, 4];
    const merged = mergeBins({ edges, counts: [1, 2, 3, 4, 5, 6, 7] }, 4);
    expect(merged.edges).toEqual([-3, -2, 0, 2, 4]);
    expect(merged.counts).toEqual([1, 5, 9, 13]);
  });

  test("leaves few bins alone", () => {
    const histogram = { edges: [0, 1, 2], counts: [3, 4] };
    expect(mergeBins(histogram, 5)).toEqual(histogram);
  });
});

test("histogramTable() lists zeros first and copies empty bins too", () => {
  const table = histogramTable("Values", { edges: [-1, 0, 1], counts: [4, 0] }, 7);
  expect(table.rows).toEqual([
    ["0", "0", "7"],
    ["−1.00", "0", "4"],
  ]);
  expect(table.copy()).toBe("From\tTo\tCount\n0\t0\t7\n-1\t0\t4\n0\t1\t0\n");
});
