import { describe, expect, test } from "vitest";
import type { HistoryEntry } from "../../../core/protocol/panel/weights.ts";
import { columnAt, columnEdges, historyStrip } from "../../../webview/src/layout/history-strip.ts";

function entry(step: number, changes: Partial<HistoryEntry> = {}): HistoryEntry {
  const histogram = { edges: [-1, 0, 1], counts: [2, 6] };
  return { step, count: 8, zeros: 0, nonFinite: 0, histogram, ...changes };
}

describe("columnEdges()", () => {
  test.each([
    ["even steps", [0, 10, 20, 30], [0, 25, 50, 75, 100]],
    ["uneven steps, halfway between them", [0, 10, 40], [0, 17, 50, 100]],
    ["one step", [5], [0, 100]],
    ["none", [], [0, 100]],
  ])("%s", (_name, steps, edges) => {
    expect(columnEdges(steps, 100)).toEqual(edges);
  });
});

describe("historyStrip()", () => {
  const box = { width: 20, height: 4 };

  test("spreads a bin's values over its pixel rows, the strongest of all steps at 1", () => {
    const strip = historyStrip([entry(1), entry(2)], box);
    expect(strip.limit).toBe(1);
    // Three of eight in each of the upper two rows, one of eight in each of the lower two.
    const [high, low] = [1, Math.fround(Math.sqrt(1 / 3))];
    expect([...(strip.columns[0]?.strengths ?? [])]).toEqual([high, high, low, low]);
  });

  test("a narrow histogram fills only its part of the common axis", () => {
    const narrow = { edges: [-0.5, 0, 0.5], counts: [0, 4] };
    const strip = historyStrip([entry(1), entry(2, { histogram: narrow })], box);
    const [none, full] = [0, 1];
    expect([...(strip.columns[1]?.strengths ?? [])]).toEqual([none, full, none, none]);
  });

  test("fades as values become zero", () => {
    const sparse = entry(2, { zeros: 6, histogram: { edges: [-1, 0, 1], counts: [1, 1] } });
    const strip = historyStrip([entry(1), sparse], box);
    expect(strip.columns[1]?.zeroFraction).toBe(0.75);
    expect(strip.columns[1]?.strengths[0]).toBeCloseTo(Math.sqrt(1 / 6), 6);
  });

  test("of zeros alone has no strengths", () => {
    const none = { zeros: 8, histogram: { edges: [0], counts: [] } };
    const strip = historyStrip([entry(1, none), entry(2, none)], box);
    expect(strip.limit).toBe(0);
    expect([...(strip.columns[0]?.strengths ?? [])]).toEqual([0, 0, 0, 0]);
  });

  test("columns touch each other, and every step has a pixel at least", () => {
    const { columns } = historyStrip(
      [0, 10, 20, 30].map((step) => entry(step)),
      box,
    );
    expect(columns.map(({ left, right }) => [left, right])).toEqual([
      [0, 5],
      [5, 10],
      [10, 15],
      [15, 20],
    ]);
    expect([-3, 0, 4, 5, 19, 99].map((x) => columnAt(columns, x))).toEqual([0, 0, 0, 1, 3, 3]);
  });
});
