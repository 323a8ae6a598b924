import { describe, expect, test } from "vitest";
import { modalityGap } from "../../../core/measures/modality-gap.ts";
import { matrixOf } from "../../support/matrix-of.ts";

const east = matrixOf(2, 2, Float64Array.of(5, 0, 1, 0));

describe("modalityGap", () => {
  test.each([
    ["0 for the same directions", Float64Array.of(3, 0, 3, 0), 0],
    ["2 for opposite ones", Float64Array.of(-3, 0, -1, 0), 2],
    ["√2 for a right angle", Float64Array.of(0, 1, 0, 2), Math.SQRT2],
    ["1 when the other side's mean is the centre", Float64Array.of(0, 1, 0, -1), 1],
    ["over the rows that have a direction", Float64Array.of(-1, 0, Number.NaN, 0), 2],
  ])("is %s", (_name, data, expected) => {
    expect(modalityGap(east, matrixOf(2, 2, data))).toBeCloseTo(expected, 15);
  });

  test("is NaN for a side without directions and refuses other dimensions", () => {
    expect(modalityGap(east, matrixOf(1, 2, Float64Array.of(0, 0)))).toBeNaN();
    expect(() => modalityGap(east, matrixOf(1, 1, Float64Array.of(1)))).toThrow(RangeError);
  });
});
