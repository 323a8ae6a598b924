import { describe, expect, test } from "vitest";
import {
  filterLayers,
  groupLayers,
  largestLayer,
  nameInGroup,
  stableRank,
  totalsOf,
} from "../../../webview/src/layout/layer-table.ts";
import { layerRow } from "../run-state.ts";

const LAYERS = [
  layerRow("image.0.weight", { count: 100, zeros: 30, l1: 5, l2: 3, deadUnits: 2, units: 10 }),
  layerRow("image.0.bias", { count: 10, zeros: 10, l1: 1, l2: 4, penalty: "" }),
  layerRow("head", { count: 500, zeros: 0, penalty: "" }),
];

describe("filterLayers()", () => {
  test.each([
    ["", ["image.0.weight", "image.0.bias", "head"]],
    ["  ", ["image.0.weight", "image.0.bias", "head"]],
    ["IMAGE", ["image.0.weight", "image.0.bias"]],
    ["bias image", ["image.0.bias"]],
    ["head image", []],
  ])("%j lists %j", (filter, names) => {
    expect(filterLayers(LAYERS, filter).map(({ layer }) => layer)).toEqual(names);
  });
});

describe("groupLayers()", () => {
  test("groups by the first part of the name in the order of the model", () => {
    expect(groupLayers(LAYERS).map(({ name, rows }) => [name, rows.length])).toEqual([
      ["image", 2],
      ["", 1],
    ]);
    expect(nameInGroup("image.0.weight")).toBe("0.weight");
    expect(nameInGroup("head")).toBe("head");
  });

  test("adds up norms as those of all weights together and counts zeros of penalised ones only", () => {
    expect(totalsOf(LAYERS.slice(0, 2))).toMatchObject({
      count: 110,
      penalised: 100,
      zeros: 30,
      l1: 6,
      l2: 5,
      deadUnits: 2,
    });
  });
});

describe("stableRank()", () => {
  test.each([
    ["equal singular values", [2, 2, 2], 3],
    ["one that towers", [10, 1e-9], 1],
    ["3, 4 as their squares over the largest", [4, 3], 1 + 9 / 16],
  ])("%s", (_name, spectrum, rank) => expect(stableRank(spectrum)).toBeCloseTo(rank, 12));

  test("is not defined without a spectrum or for zeros", () => {
    expect(stableRank(undefined)).toBeUndefined();
    expect(stableRank([])).toBeUndefined();
    expect(stableRank([0, 0])).toBeUndefined();
  });
});

test("largestLayer() takes the largest penalised layer, the largest of all without any", () => {
  expect(largestLayer(LAYERS)?.layer).toBe("image.0.weight");
  expect(largestLayer(LAYERS.slice(1))?.layer).toBe("head");
  expect(largestLayer([])).toBeUndefined();
});
