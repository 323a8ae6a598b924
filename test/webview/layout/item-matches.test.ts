import { expect, test } from "vitest";
import { itemMatches } from "../../../webview/src/layout/item-matches.ts";
import { VIEW } from "../embedding-view.ts";

test("itemMatches() leaves out directions without a partner", () => {
  expect(itemMatches(VIEW, 1)).toEqual([]);
  expect(itemMatches(VIEW, 0)).toEqual([{ from: "image", to: "audio", rank: 3, cosine: 0.5 }]);
});
