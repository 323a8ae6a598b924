import { expect, test } from "vitest";
import { evenlyChosen } from "../../../core/runs/evenly-chosen.ts";

const ITEMS = Array.from({ length: 11 }, (_, index) => index);

test.each([
  [20, ITEMS],
  [11, ITEMS],
  [3, [0, 5, 10]],
  [6, [0, 2, 4, 6, 8, 10]],
  [1, [10]],
  [0, []],
])("at most %d", (most, chosen) => {
  expect(evenlyChosen(ITEMS, most)).toEqual(chosen);
});
