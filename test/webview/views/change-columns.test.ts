import { expect, test } from "vitest";
import type { LayerRow } from "../../../core/protocol/panel/weights.ts";
import { FILE_COLUMNS } from "../../../webview/src/views/layer-columns/layer-columns.ts";

const ROW: LayerRow = {
  layer: "w",
  shape: [10],
  count: 10,
  zeros: 3,
  nonFinite: 0,
  l1: 1,
  l2: 1,
  maxAbs: 1,
  histogram: { edges: [0], counts: [] },
};
const CHANGE = {
  relative: 0.25,
  maxAbs: 0.5,
  cosine: 0.98765,
  equal: 4,
  zerosGained: 2,
  zerosLost: 1,
};

function cell(id: string, row: LayerRow): unknown {
  const column = FILE_COLUMNS.find((one) => one.id === id);
  const found = column?.cell(row, { kind: "layer", key: "w", row, isInGroup: false, name: "w" });
  return typeof found === "string" ? found : found?.content;
}

const sortKey = (id: string, row: LayerRow) =>
  FILE_COLUMNS.find((one) => one.id === id)?.sortKey(row);

test.each([
  ["change", "0.250", 0.25],
  ["max-change", "0.500", 0.5],
  ["cosine", "0.9877", 0.98765],
  ["equal", "40.0%", 0.4],
  ["changed-zeros", "+2 −1", 1],
])("the column %s shows %s", (id, text, key) => {
  const row = { ...ROW, change: CHANGE };
  expect(cell(id, row)).toBe(text);
  expect(sortKey(id, row)).toBe(key);
  expect(cell(id, ROW)).toBe("");
  expect(sortKey(id, ROW)).toBeUndefined();
});

test("what cannot be put in a number is said", () => {
  const { relative: _relative, cosine: _cosine, ...toZero } = CHANGE;
  expect(cell("change", { ...ROW, change: toZero })).toBe("∞");
  expect(cell("cosine", { ...ROW, change: toZero })).toBe("");
  expect(cell("change", { ...ROW, changeNote: "only here" })).toBe("only here");
});
