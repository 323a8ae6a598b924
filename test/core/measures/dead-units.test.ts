import { describe, expect, test } from "vitest";
import { deadUnits } from "../../../core/measures/dead-units.ts";

describe("deadUnits", () => {
  test.each([
    ["a column of [in, out] that is all zero", [0, 1, 2, -0, 3, 4], [2, 3], { units: 3, dead: 1 }],
    ["no column", [0, 1, 2, 0], [2, 2], { units: 2, dead: 0 }],
    ["a filter of [h, w, in, out]", [0, 5, 0, 6, 0, 7, 0, 8], [2, 2, 1, 2], { units: 2, dead: 1 }],
    ["NaN as alive", [Number.NaN, 0], [1, 2], { units: 2, dead: 1 }],
    ["no units in a bias", [0, 0], [2], undefined],
    ["no units without weights", [], [0, 3], undefined],
  ])("counts %s", (_name, weights, shape, expected) => {
    expect(deadUnits(Float32Array.from(weights), shape)).toEqual(expected);
  });
});
