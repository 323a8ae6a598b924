import { describe, expect, test } from "vitest";
import { conditioning } from "../../../core/measures/condition-number.ts";
import { singularValues } from "../../../core/measures/singular-values.ts";

describe("conditioning()", () => {
  test("of a diagonal matrix is the ratio of its outer entries", () => {
    expect(conditioning([8, 4, 2], { rows: 3, columns: 5 })).toEqual({ rank: 3, condition: 4 });
  });

  test("of the Hilbert matrix of 5 rows is 476607.25", () => {
    // Todd 1954, "The condition of the finite segments of the Hilbert matrix".
    const side = 5;
    const data = Float64Array.from(
      { length: side * side },
      (_, index) => 1 / (Math.floor(index / side) + (index % side) + 1),
    );
    const spectrum = [...(singularValues({ rows: side, columns: side, data }) ?? [])];
    const found = conditioning(spectrum, { rows: side, columns: side });
    expect((found?.condition ?? 0) / 476_607.250_242_4).toBeCloseTo(1, 10);
  });

  test("is infinite where singular values cannot be told from rounding", () => {
    expect(conditioning([1, 0.5, 1e-16], { rows: 3, columns: 3 })).toEqual({ rank: 2 });
    expect(conditioning([0, 0], { rows: 2, columns: 2 })).toEqual({ rank: 0 });
  });

  test("needs all singular values", () => {
    expect(conditioning([2, 1], { rows: 3, columns: 3 })).toBeUndefined();
    expect(conditioning([], { rows: 0, columns: 3 })).toBeUndefined();
  });
});
