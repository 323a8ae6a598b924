import { describe, expect, test } from "vitest";
import {
  finiteRows,
  isFiniteRow,
  selectRows,
  spreadRows,
  unitRows,
} from "../../../core/measures/unit-rows.ts";
import { matrixOf } from "../../support/matrix-of.ts";

const MIXED = matrixOf(
  4,
  2,
  Float64Array.of(3, 4, Number.NaN, 1, 0, 0, 1, Number.POSITIVE_INFINITY),
);

describe("unitRows", () => {
  test("divides by the length and makes rows without a direction NaN", () => {
    const { data } = unitRows(MIXED);
    expect([...data.subarray(0, 2)]).toEqual([0.6, 0.8]);
    expect(data.subarray(2).every(Number.isNaN)).toBe(true);
  });
});

describe("finiteRows", () => {
  test("keeps rows that are finite in both matrices", () => {
    expect(finiteRows(MIXED)).toEqual([0, 2]);
    expect(isFiniteRow(MIXED, 3)).toBe(false);
    const other = matrixOf(4, 2, Float64Array.of(Number.NaN, 1, 1, 1, 1, 1, 1, 1));
    expect(finiteRows(MIXED, other)).toEqual([2]);
  });
});

describe("selectRows", () => {
  test("takes rows in the order asked for", () => {
    expect([...selectRows(MIXED, [2, 0]).data]).toEqual([0, 0, 3, 4]);
  });
});

describe("spreadRows", () => {
  test.each([
    [3, 5, [0, 1, 2]],
    [10, 4, [0, 2, 5, 7]],
    [0, 4, []],
  ])("of %i rows gives at most %i", (count, limit, expected) => {
    expect(spreadRows(count, limit)).toEqual(expected);
  });
});
