import { expect, test } from "vitest";
import { itemAt, labelAt } from "../../../webview/src/layout/item-at.ts";
import { VIEW } from "../embedding-view.ts";

test("itemAt() gathers one row of the columns", () => {
  expect(itemAt(VIEW, 1)).toEqual({ row: 1, label: "square", caption: "item 1" });
  const pictured = { ...VIEW, items: { ...VIEW.items, thumbnailOf: Int32Array.of(-1, 4, -1) } };
  expect(itemAt(pictured, 1).thumbnail).toBe(4);
  expect(itemAt(VIEW, 9)).toEqual({ row: 9, label: "", caption: "" });
  expect(labelAt(VIEW, 2)).toBe("circle");
});
