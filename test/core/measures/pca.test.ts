import { describe, expect, test } from "vitest";
import { pca } from "../../../core/measures/pca.ts";
import { gaussian } from "../../support/gaussian.ts";
import { matrixOf } from "../../support/matrix-of.ts";

describe("pca", () => {
  test("finds the main axis of points on a line, from the mean, positive along its largest loading", () => {
    const { xy, explained } = pca(matrixOf(3, 2, Float64Array.of(-3, 3, 0, 0, 3, -3)));
    const side = 3 * Math.SQRT2;
    const expected = [-side, 0, 0, 0, side, 0];
    for (const [index, value] of expected.entries()) expect(xy[index]).toBeCloseTo(value, 12);
    expect(explained[0]).toBeCloseTo(1, 14);
    expect(explained[1]).toBeCloseTo(0, 14);
  });

  test.each([
    ["more rows than columns", 60, 12],
    ["more columns than rows", 12, 60],
  ])("has centred, uncorrelated scores whose variance is what it says: %s", (_name, n, d) => {
    const x = gaussian(n, d, 11);
    // Stretched, so that the two main directions stand out.
    for (let row = 0; row < n; row += 1) {
      x.data[row * d] = 9 * (x.data[row * d] ?? 0);
      x.data[row * d + 1] = 5 * (x.data[row * d + 1] ?? 0);
    }
    const { xy, explained } = pca(x);
    const [first, second] = [0, 1].map((axis) => xy.filter((_value, index) => index % 2 === axis));
    const sum = (values: Float64Array | undefined, of: (value: number, index: number) => number) =>
      [...(values ?? [])].reduce((total, value, index) => total + of(value, index), 0);
    const variance = sum(first, (value) => value * value);
    expect(sum(first, (value) => value) / n).toBeCloseTo(0, 12);
    expect(sum(first, (value, index) => value * (second?.[index] ?? 0)) / variance).toBeCloseTo(
      0,
      10,
    );
    expect(explained[0]).toBeGreaterThan(explained[1]);
    expect(explained[0] / explained[1]).toBeCloseTo(variance / sum(second, (v) => v * v), 9);
  });

  test("leaves rows that are not finite out and NaN", () => {
    const { xy } = pca(matrixOf(3, 1, Float64Array.of(1, Number.NaN, 3)));
    expect([...xy]).toEqual([-1, 0, Number.NaN, Number.NaN, 1, 0]);
  });

  test.each([
    ["no rows", matrixOf(0, 3, new Float64Array(0)), []],
    ["one row", matrixOf(1, 2, Float64Array.of(4, 5)), [0, 0]],
    ["equal rows", matrixOf(2, 2, Float64Array.of(4, 5, 4, 5)), [0, 0, 0, 0]],
    ["no columns", matrixOf(2, 0, new Float64Array(0)), [0, 0, 0, 0]],
  ])("has nothing to show for %s", (_name, matrix, expected) => {
    expect(pca(matrix)).toEqual({ xy: Float64Array.from(expected), explained: [0, 0] });
  });

  test("gives the same picture twice", () => {
    expect(pca(gaussian(50, 20, 13))).toEqual(pca(gaussian(50, 20, 13)));
  });

  test("estimates the axes of very many rows and projects them all", () => {
    const x = gaussian(6000, 3, 17);
    for (let row = 0; row < 6000; row += 1) x.data[3 * row + 1] = 20 * (x.data[3 * row + 1] ?? 0);
    const { xy, explained } = pca(x);
    expect(xy.every(Number.isFinite)).toBe(true);
    // Variances 1, 400 and 1; the shares carry the sampling error of 6000 rows, about 2%.
    expect(Math.abs(explained[0] - 400 / 402)).toBeLessThan(0.001);
    expect(Math.abs(explained[1] * 402 - 1)).toBeLessThan(0.1);
  });
});
