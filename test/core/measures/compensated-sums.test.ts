import { expect, test } from "vitest";
import { compensatedSums } from "../../../core/measures/compensated-sums.ts";

test("compensatedSums() keeps what plain addition loses", () => {
  const sums = compensatedSums(2);
  for (const value of [1, 1e100, 1, -1e100]) sums.add(1, value);
  expect(sums.total(1)).toBe(2);
  expect(sums.total(0)).toBe(0);
});

test("compensatedSums() adds a million tenths exactly", () => {
  const sums = compensatedSums(1);
  for (let index = 0; index < 1_000_000; index++) sums.add(0, 0.1);
  expect(sums.total(0)).toBe(100_000);
});
