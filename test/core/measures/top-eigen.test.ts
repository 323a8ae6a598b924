import { describe, expect, test } from "vitest";
import { topEigen } from "../../../core/measures/top-eigen.ts";

const diagonal = (...values: number[]) =>
  Float64Array.from({ length: values.length ** 2 }, (_, index) => {
    const [row, column] = [Math.floor(index / values.length), index % values.length];
    return row === column ? (values[row] ?? 0) : 0;
  });

describe("topEigen", () => {
  test("finds the two largest of many", () => {
    const values = Array.from({ length: 40 }, (_, index) => 0.8 ** index).toReversed();
    const top = topEigen(diagonal(...values), 40);
    expect(top.values[0]).toBeCloseTo(1, 13);
    expect(top.values[1]).toBeCloseTo(0.8, 13);
    expect(Math.abs(top.vectors[0]?.[39] ?? 0)).toBeCloseTo(1, 13);
    expect(Math.abs(top.vectors[1]?.[38] ?? 0)).toBeCloseTo(1, 12);
  });

  test.each([
    ["zeros", [0, 0, 0], [0, 0]],
    ["rank one", [0, 5, 0], [5, 0]],
    ["equal values", [2, 2, 2], [2, 2]],
    ["side one", [3], [3]],
    ["side zero", [], []],
  ])("takes a matrix of %s", (_name, entries, expected) => {
    const { values } = topEigen(diagonal(...entries), entries.length);
    expect(values).toHaveLength(expected.length);
    for (const [index, value] of expected.entries()) expect(values[index]).toBeCloseTo(value, 13);
  });
});
