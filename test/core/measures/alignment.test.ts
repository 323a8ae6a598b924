import { describe, expect, test } from "vitest";
import { alignment } from "../../../core/measures/alignment.ts";
import { matrixOf } from "../../support/matrix-of.ts";

const east = matrixOf(2, 2, Float64Array.of(5, 0, 1, 0));

describe("alignment", () => {
  test.each([
    ["0 for equal directions", Float64Array.of(3, 0, 2, 0), 0],
    ["4 for opposite ones", Float64Array.of(-3, 0, -1, 0), 4],
    ["2 for right angles", Float64Array.of(0, 1, 0, -2), 2],
    ["the mean over complete pairs", Float64Array.of(0, 1, Number.NaN, 0), 2],
  ])("is %s", (_name, data, expected) => {
    expect(alignment(east, matrixOf(2, 2, data))).toBeCloseTo(expected, 15);
  });

  test("is NaN without pairs", () => {
    expect(alignment(east, matrixOf(2, 2, new Float64Array(4)))).toBeNaN();
  });

  test("is 2 − 2·mean cosine", () => {
    const turned = matrixOf(2, 2, Float64Array.of(Math.cos(1), Math.sin(1), Math.cos(2), 9));
    const cosines = [Math.cos(1), Math.cos(2) / Math.hypot(Math.cos(2), 9)];
    expect(alignment(east, turned)).toBeCloseTo(2 - (cosines[0] ?? 0) - (cosines[1] ?? 0), 14);
  });
});
