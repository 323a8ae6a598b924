import { describe, expect, test } from "vitest";
import { columnPairs, writeShortRow } from "../../../../core/measures/kernels/short-row.ts";
import { gaussian } from "../../../support/gaussian.ts";

/** The integers of a row, read back from its panel. */
function integersOf(panels: Int16Array, row: number, columns: number): number[] {
  const start = 16 * columnPairs(columns) * Math.floor(row / 8) + 2 * (row % 8);
  return Array.from(
    { length: columns },
    (_, k) => panels[start + 16 * (k >> 1) + (k & 1)] ?? Number.NaN,
  );
}

describe("writeShortRow", () => {
  test.each([
    ["a Gaussian row", gaussian(1, 33, 1).data],
    ["one column", [5]],
    ["one column among many that are zero", [0, 0, 0, -7, 0]],
    ["equal columns", new Array<number>(512).fill(0.3)],
    ["tiny numbers", [1e-300, 2e-300, -5e-301]],
  ])("says step and error of what it writes, within both limits: %s", (_name, numbers) => {
    const values = Float64Array.from(numbers);
    const panels = new Int16Array(2 * 16 * columnPairs(values.length));
    const { step, error } = writeShortRow(values, 11, panels);
    const integers = integersOf(panels, 11, values.length);
    const off = Math.hypot(...integers.map((integer, k) => step * integer - (values[k] ?? 0)));
    expect(Math.abs(off - error)).toBeLessThanOrEqual(1e-6 * error);
    expect(error).toBeLessThanOrEqual((step * Math.sqrt(values.length)) / 2);
    expect(Math.hypot(...integers)).toBeLessThan(Math.sqrt(2 ** 31));
    expect(Math.max(...integers.map(Math.abs))).toBeLessThan(2 ** 15);
    // As fine as the limits allow.
    const isFull =
      Math.hypot(...integers) > 46_000 || Math.max(...integers.map(Math.abs)) >= 2 ** 15 - 1;
    expect(isFull).toBe(true);
  });

  test("writes each row into its own place", () => {
    const panels = new Int16Array(2 * 16);
    for (let row = 0; row < 16; row += 1) {
      writeShortRow(Float64Array.of(row + 1, -(row + 1)), row, panels);
    }
    expect(panels.every((value) => Math.abs(value) === 32_767)).toBe(true);
  });

  test("has step and error 0 for a row of zeros", () => {
    expect(writeShortRow(new Float64Array(3), 0, new Int16Array(32))).toEqual({
      step: 0,
      error: 0,
    });
  });
});
