// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { RUN_COLUMNS } from "../../../webview/src/views/layer-columns/layer-columns.ts";
import { layerTableText } from "../../../webview/src/views/layer-table-text.ts";
import { layerRow } from "../run-state.ts";

test("layerTableText() has every column in full precision, nothing where there is no number", () => {
  const rows = [
    layerRow("fc.weight", { zeros: 5, l2: 1 / 3, spectrum: [2, 1], rank: 2, condition: 2 }),
    layerRow("fc.bias"),
  ];
  const [head = "", first = "", second = "", ...rest] = layerTableText(rows, RUN_COLUMNS).split(
    "\n",
  );
  expect(rest).toEqual([""]);
  const titles = head.split("\t");
  expect(titles).toEqual([
    "Layer",
    "Number of values",
    "max |w|",
    "Zero",
    "Near 0",
    "‖w‖₁",
    "‖w‖₂",
    "Dead",
    "St. rank",
    "Cond.",
  ]);
  expect(first).toBe(`fc.weight\t20\t1\t0.25\t\t10\t${1 / 3}\t\t1.25\t2`);
  expect(second.split("\t")).toHaveLength(titles.length);
});
