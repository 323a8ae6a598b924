import { describe, expect, test } from "vitest";
import { fitScaling } from "../../../trainer/src/alignment/scaling.ts";
import { matrixOf } from "../../support/matrix-of.ts";

const rows = {
  ...matrixOf(3, 2, new Float64Array([1, 4, 3, 4, 5, 4])),
  data: new Float64Array([1, 4, 3, 4, 5, 4]),
};

describe("fitScaling", () => {
  test("center takes off the means, standardize divides as well and leaves constant columns centred", () => {
    expect([...fitScaling(rows, "center").apply(rows).data]).toEqual([-2, 0, 0, 0, 2, 0]);
    const scaling = fitScaling(rows, "standardize");
    const deviation = Math.sqrt(8 / 3);
    expect([...scaling.apply(rows).data]).toEqual([-2 / deviation, 0, 0, 0, 2 / deviation, 0]);
    expect(scaling.spread).toBeCloseTo(Math.sqrt(8 / 6), 14);
  });

  test("does not blow rounding up where a column is constant but for it", () => {
    // The mean of ten times 0.1 is not 0.1, so the deviation is rounding and not zero.
    const constant = { rows: 10, columns: 1, data: new Float64Array(10).fill(0.1) };
    const { apply } = fitScaling(constant, "standardize");
    const other = { rows: 2, columns: 1, data: new Float64Array([0.1, 0.35]) };
    const [same = Number.NaN, away = Number.NaN] = apply(other).data;
    expect(Math.abs(same)).toBeLessThan(1e-15);
    expect(away).toBeCloseTo(0.25, 14);
  });

  test("unit_norm gives every row length 1 before the means are taken off", () => {
    const pair = { rows: 2, columns: 2, data: new Float64Array([3, 4, 0, 2]) };
    const found = [...fitScaling(pair, "unit_norm").apply(pair).data];
    for (const [at, value] of [0.3, -0.1, -0.3, 0.1].entries())
      expect(found[at]).toBeCloseTo(value, 14);
  });

  test("none changes nothing", () => {
    expect([...fitScaling(rows, "none").apply(rows).data]).toEqual([...rows.data]);
  });

  test("learns from finite rows alone, and keeps the others as they are", () => {
    const holed = { rows: 3, columns: 1, data: new Float64Array([1, Number.NaN, 3]) };
    expect([...fitScaling(holed, "center").apply(holed).data]).toEqual([-1, Number.NaN, 1]);
    const none = { rows: 1, columns: 1, data: new Float64Array([Number.NaN]) };
    expect(() => fitScaling(none, "center")).toThrow("no training row");
  });
});
