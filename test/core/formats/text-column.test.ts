import { expect, test } from "vitest";
import { packTexts, textAt } from "../../../core/formats/text-column.ts";

test("textAt() gives back every text that packTexts() was given", () => {
  const texts = ["a circle", "", "λ ≥ 0 🎈", "", "end"];
  const column = packTexts(texts);
  expect(texts.map((_, index) => textAt(column, index))).toEqual(texts);
  expect([...column.ends]).toEqual([8, 8, 21, 21, 24]);
});

test("textAt() is empty outside of the column", () => {
  const column = packTexts(["one"]);
  expect([textAt(column, -1), textAt(column, 1), textAt(packTexts([]), 0)]).toEqual(["", "", ""]);
});
