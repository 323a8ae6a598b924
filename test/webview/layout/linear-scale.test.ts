import { expect, test } from "vitest";
import { linearScale } from "../../../webview/src/layout/linear-scale.ts";

test("linearScale() takes the ends of a range to the places, and goes on beyond them", () => {
  const toY = linearScale([-1, 3], [200, 0]);
  expect([-1, 0, 3, 4].map(toY)).toEqual([200, 150, 0, -50]);
});

test("linearScale() puts a range of one value at the first place", () => {
  expect(linearScale([2, 2], [10, 50])(2)).toBe(10);
});
