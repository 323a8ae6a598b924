import { describe, expect, test } from "vitest";
import {
  pairRowsText,
  rankedPairRows,
  selectedPairRows,
  sortPairRows,
} from "../../../webview/src/layout/pair-rows.ts";
import { pointSet } from "../../../webview/src/layout/points/point-set.ts";
import { VIEW } from "../embedding-view.ts";

const POINTS = pointSet(VIEW.clouds);
const TEXT = {
  from: "image",
  to: "text",
  cosines: Float32Array.of(0.75, 0.5, 0.125),
  ranks: Float32Array.of(9, Number.NaN, 1),
};
const VIEW3 = { ...VIEW, pairs: [...VIEW.pairs, TEXT] };

test("rankedPairRows() are the pairs of one direction that were ranked", () => {
  const rows = rankedPairRows(VIEW, 0);
  expect(rows.map(({ row, rank, cosine }) => [row, rank, cosine])).toEqual([
    [0, 3, 0.5],
    [2, 3, 0.25],
  ]);
  expect(rows[0]).toMatchObject({ modality: "image", partner: "audio" });
  expect(rankedPairRows(VIEW, 0, ["circle"])).toEqual([]);
  expect(rankedPairRows(VIEW, 5)).toEqual([]);
});

test("selectedPairRows() has one row a point, with the partner that ranks last", () => {
  const rows = selectedPairRows(VIEW3, POINTS, Int32Array.of(0, 1, 2, 3));
  expect(rows.map(({ key, partner, rank, cosine }) => [key, partner, rank, cosine])).toEqual([
    ["image 0", "text", 9, 0.75],
    ["image 1", "text", Number.NaN, 0.5],
    ["image 2", "audio", 3, 0.25],
    ["audio 0", "", Number.NaN, Number.NaN],
  ]);
});

describe("sortPairRows()", () => {
  const rows = selectedPairRows(VIEW3, POINTS, Int32Array.of(0, 1, 2, 3));
  const keys = (
    column: "rank" | "cosine" | "caption" | "class" | "modality",
    isDescending = false,
  ) => sortPairRows(VIEW3, rows, { column, isDescending }).map(({ key }) => key);

  test("puts rows without a value last either way", () => {
    expect(keys("rank", true)).toEqual(["image 0", "image 2", "audio 0", "image 1"]);
    expect(keys("rank")).toEqual(["image 2", "image 0", "audio 0", "image 1"]);
    expect(keys("cosine")).toEqual(["image 2", "image 1", "image 0", "audio 0"]);
  });

  test("sorts by words", () => {
    expect(keys("caption", true)[0]).toBe("image 2");
    expect(keys("class", true)[0]).toBe("image 1");
    expect(keys("modality")[0]).toBe("audio 0");
  });

  test("puts the lower cosine first where ranks are equal", () => {
    const equal = sortPairRows(VIEW, rankedPairRows(VIEW, 0), {
      column: "rank",
      isDescending: true,
    });
    expect(equal.map(({ row }) => row)).toEqual([2, 0]);
  });
});

test("pairRowsText() gives all figures in full, and no cell a second line", () => {
  const text = pairRowsText(VIEW3, selectedPairRows(VIEW3, POINTS, Int32Array.of(2, 3)));
  expect(text.split("\n")).toEqual([
    "row\tcaption\tclass\tmodality\tpartner\trank of partner\tcosine",
    "2\titem 2\tcircle\timage\taudio\t3\t0.25",
    "0\titem 0\tcircle\taudio\t\t\t",
    "",
  ]);
});
