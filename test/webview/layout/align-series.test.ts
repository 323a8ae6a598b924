import { describe, expect, test } from "vitest";
import { alignSeries } from "../../../webview/src/layout/align-series.ts";
import { nearestIndex } from "../../../webview/src/layout/nearest.ts";

const points = (x: readonly number[], y: readonly number[]) => ({
  x: Float64Array.from(x),
  y: Float64Array.from(y),
});

describe("alignSeries()", () => {
  test("tells what was not measured from what is no number", () => {
    const { x, columns } = alignSeries([
      points([0, 1, 2], [5, Number.NaN, 7]),
      points([0, 2, 4], [1, 2, 3]),
    ]);
    expect([...x]).toEqual([0, 1, 2, 4]);
    expect(columns).toEqual([
      [5, null, 7, undefined],
      [1, undefined, 2, 3],
    ]);
  });

  test("shares the axis of series that were measured together", () => {
    const x = [0, 10, 20];
    const aligned = alignSeries([points(x, [1, 2, 3]), points(x, [4, 5, 6])]);
    expect(aligned.columns).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  test("gives nothing for nothing", () => {
    expect(alignSeries([])).toEqual({ x: new Float64Array(), columns: [] });
    expect(alignSeries([points([], [])]).columns).toEqual([[]]);
  });
});

describe("nearestIndex()", () => {
  test.each([
    [-5, 0],
    [4, 0],
    [6, 1],
    [10, 1],
    [25, 2],
    [100, 3],
  ])("finds %d at index %d", (target, index) => {
    expect(nearestIndex(Float64Array.of(0, 10, 24, 40), target)).toBe(index);
  });

  test("finds nothing in an empty list", () => {
    expect(nearestIndex(new Float64Array(), 1)).toBe(-1);
  });
});
