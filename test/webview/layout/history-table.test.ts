import { expect, test } from "vitest";
import { historyTable, stepCount } from "../../../webview/src/layout/history-table.ts";

test("historyTable() has a row for each step and copies every bin", () => {
  const histogram = { edges: [-0.5, 0, 0.5], counts: [1, 2] };
  const entries = [{ step: 10, count: 4, zeros: 1, nonFinite: 0, histogram }];
  const table = historyTable({ layer: "fc", total: 300, entries });
  expect(table.rows).toEqual([["10", "25.0%", "−0.500", "0.500"]]);
  expect(table.note).toBe("1 of 300 steps");
  expect(table.copy()).toBe("Step\tFrom\tTo\tCount\n10\t0\t0\t1\n10\t-0.5\t0\t1\n10\t0\t0.5\t2\n");
});

test.each([
  [1, 1, "1 step"],
  [12, 12, "12 steps"],
  [120, 1000, "120 of 1\u2009000 steps"],
])("stepCount(%d, %d)", (shown, total, text) => {
  expect(stepCount(shown, total)).toBe(text);
});
