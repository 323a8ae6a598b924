import { expect, test } from "vitest";
import { itemMatches, worstPairs } from "../../../webview/src/layout/worst-pairs.ts";
import { VIEW } from "../embedding-view.ts";

test("worstPairs() orders by rank, then by the lower cosine, and skips missing partners", () => {
  expect(worstPairs(VIEW, 0, 9).map((pair) => pair.item.row)).toEqual([2, 0]);
  expect(worstPairs(VIEW, 0, 1)).toHaveLength(1);
  expect(worstPairs(VIEW, 0, 9, ["circle"])).toEqual([]);
  expect(worstPairs(VIEW, 5, 9)).toEqual([]);
  expect(itemMatches(VIEW, 1)).toEqual([]);
  expect(itemMatches(VIEW, 0)).toEqual([{ from: "image", to: "audio", rank: 3, cosine: 0.5 }]);
});
