import { describe, expect, test } from "vitest";
import { valueRange } from "../../../webview/src/layout/value-range.ts";

const OPTIONS = { xRange: [0, 100], includeZero: true, isLog: false, mayCut: true } as const;
const points = (x: readonly number[], y: readonly number[]) => ({
  x: Float64Array.from(x),
  y: Float64Array.from(y),
});

describe("valueRange()", () => {
  test("stands on zero and leaves room above", () => {
    const { range, cut } = valueRange([points([0, 50, 100], [0.5, 1, 0.8])], OPTIONS);
    expect(range[0]).toBe(0);
    expect(range[1]).toBeCloseTo(1.06, 12);
    expect(cut).toBeUndefined();
  });

  test("cuts a start that would flatten the rest, and says what it cut", () => {
    const { range, cut } = valueRange([points([0, 2, 50, 100], [9, 4, 1, 0.5])], OPTIONS);
    expect(range[1]).toBeCloseTo(1.06, 12);
    expect(cut).toEqual({ x: 0, value: 9 });
  });

  test("cuts nothing when zoomed in", () => {
    const { cut } = valueRange([points([0, 50, 100], [9, 1, 0.5])], { ...OPTIONS, mayCut: false });
    expect(cut).toBeUndefined();
  });

  test("looks only at the visible part and at numbers", () => {
    const curve = points([0, 50, 60, 200], [Number.NaN, 1, 2, 900]);
    expect(valueRange([curve], { ...OPTIONS, includeZero: false }).range).toEqual([0.94, 2.06]);
  });

  test("a logarithmic range leaves out what has no logarithm", () => {
    const { range } = valueRange([points([0, 1, 2], [0, 0.01, 10])], { ...OPTIONS, isLog: true });
    expect(range[0]).toBeLessThan(0.01);
    expect(range[0]).toBeGreaterThan(0.005);
    expect(range[1]).toBeGreaterThan(10);
  });

  test.each([
    ["nothing", [], [0, 1]],
    ["a constant", [2, 2], [0, 2.12]],
    ["a negative constant", [-2, -2], [-2.12, 0]],
    ["zeros", [0, 0], [0, 1]],
  ])("is never empty: %s", (_name, y, range) => {
    expect(valueRange([points([0, 1].slice(0, y.length), y)], OPTIONS).range).toEqual(range);
  });
});

test("valueRange() holds the line that crosses a range between two of its points", () => {
  const line = points([0, 10], [20, 40]);
  const { range } = valueRange([line], { ...OPTIONS, xRange: [2, 4], includeZero: false });
  // From 24 to 28, with room of a sixteenth or so on both sides.
  expect(range[0]).toBeCloseTo(24 - 4 * 0.06, 12);
  expect(range[1]).toBeCloseTo(28 + 4 * 0.06, 12);
});
