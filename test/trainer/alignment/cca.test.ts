import { describe, expect, test } from "vitest";
import { fitCca } from "../../../trainer/src/alignment/cca.ts";
import { centre } from "../../../trainer/src/linear-algebra/centre.ts";
import { multiply, transposedTimes } from "../../../trainer/src/linear-algebra/products.ts";
import { gaussian } from "../../support/gaussian.ts";

const X = gaussian(60, 4, 1);
const NOISE = gaussian(60, 3, 2);
const MIXED = multiply(X, gaussian(4, 3, 3));
const Y = { ...MIXED, data: MIXED.data.map((value, i) => value + 2 * (NOISE.data[i] ?? 0) + 5) };

describe("fitCca", () => {
  test("gives uncorrelated columns of variance 1 whose cross-correlations are those it names", () => {
    const found = fitCca(X, Y, { components: 3, regularization: 0 });
    const u = multiply(centre(X, found.meanX), found.x);
    const v = multiply(centre(Y, found.meanY), found.y);
    const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
    for (const [product, diagonal] of [
      [transposedTimes(u, u), [1, 1, 1]],
      [transposedTimes(v, v), [1, 1, 1]],
      [transposedTimes(u, v), [...found.correlations]],
    ] as const) {
      for (const [at, isDiagonal] of identity.entries()) {
        const expected = isDiagonal === 1 ? (diagonal[Math.floor(at / 3)] ?? 0) : 0;
        expect((product.data[at] ?? 0) / 59).toBeCloseTo(expected, 10);
      }
    }
  });

  test("is 1 for an invertible linear copy, and does not change with it", () => {
    const copy = multiply(X, gaussian(4, 4, 9));
    for (const value of fitCca(X, copy, { components: 4, regularization: 0 }).correlations) {
      expect(value).toBeCloseTo(1, 9);
    }
  });

  test("turns the largest entry of every column of A positive", () => {
    const { x } = fitCca(X, Y, { components: 3, regularization: 0.1 });
    for (const column of [0, 1, 2]) {
      const entries = [0, 1, 2, 3].map((row) => x.data[row * 3 + column] ?? 0);
      expect(Math.max(...entries)).toBe(Math.max(...entries.map(Math.abs)));
    }
  });

  test("leaves out directions without variance instead of dividing by 0", () => {
    const doubled = {
      rows: 60,
      columns: 8,
      data: Float64Array.from(
        { length: 480 },
        (_, i) => X.data[Math.floor(i / 8) * 4 + (i % 4)] ?? 0,
      ),
    };
    const found = fitCca(doubled, Y, { components: 3, regularization: 0 });
    expect(found.dropped).toEqual({ x: 4, y: 0 });
    const single = fitCca(X, Y, { components: 3, regularization: 0 });
    for (const [k, value] of found.correlations.entries()) {
      expect(value).toBeCloseTo(single.correlations[k] ?? 0, 9);
    }
  });

  test("shrinks the correlations with r", () => {
    const loose = fitCca(X, Y, { components: 1, regularization: 0 }).correlations[0] ?? 0;
    const tight = fitCca(X, Y, { components: 1, regularization: 10 }).correlations[0] ?? 0;
    expect(tight).toBeLessThan(loose / 2);
  });

  test.each([
    [{ components: 4, regularization: 0 }, "Cannot take 4 canonical pairs of 3"],
    [{ components: 1, regularization: -1 }, "by -1"],
  ])("refuses %o", (options, message) => {
    expect(() => fitCca(X, Y, options)).toThrow(message);
  });
});
