import { describe, expect, test } from "vitest";
import { nextSort, sortLayers } from "../../../webview/src/layout/layer-sort.ts";
import { layerRow } from "../run-state.ts";

const LAYERS = [
  layerRow("a10", { l1: 2, deadUnits: 1 }),
  layerRow("a2", { l1: Number.NaN }),
  layerRow("b", { l1: Number.POSITIVE_INFINITY }),
  layerRow("c", { l1: 2, deadUnits: 3 }),
];

describe("sortLayers()", () => {
  test.each([
    ["numbers down", "l1", true, ["b", "a10", "c", "a2"]],
    ["numbers up, equal ones in their order", "l1", false, ["a10", "c", "b", "a2"]],
    ["what is missing last", "deadUnits", false, ["a10", "c", "a2", "b"]],
    ["names by their numbers", "layer", false, ["a2", "a10", "b", "c"]],
  ] as const)("%s", (_name, key, isDescending, names) => {
    const sorted = sortLayers(LAYERS, (row) => row[key], isDescending);
    expect(sorted.map(({ layer }) => layer)).toEqual(names);
  });
});

test("nextSort() goes through both directions and back to the model's order", () => {
  const first = nextSort({ column: "l2", isDescending: true }, "l1", true);
  expect(first).toEqual({ column: "l1", isDescending: true });
  const second = nextSort(first, "l1", true);
  expect(second).toEqual({ column: "l1", isDescending: false });
  expect(nextSort(second, "l1", true)).toBeUndefined();
});
