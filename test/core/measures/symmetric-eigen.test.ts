import { describe, expect, test } from "vitest";
import { rowDot } from "../../../core/measures/matrix.ts";
import { symmetricEigen } from "../../../core/measures/symmetric-eigen.ts";
import { gaussian } from "../../support/gaussian.ts";

describe("symmetricEigen", () => {
  test("finds the eigenvalues 2 − 2cos(kπ/(n + 1)) of the second difference", () => {
    const n = 7;
    const matrix = Float64Array.from({ length: n * n }, (_, index) => {
      const distance = Math.abs(Math.floor(index / n) - (index % n));
      return distance === 0 ? 2 : distance === 1 ? -1 : 0;
    });
    const { values } = symmetricEigen(matrix, n);
    for (let k = 1; k <= n; k += 1) {
      expect(values[n - k]).toBeCloseTo(2 - 2 * Math.cos((k * Math.PI) / (n + 1)), 13);
    }
  });

  test("gives orthonormal vectors with Av = λv", () => {
    const n = 9;
    const x = gaussian(n, n, 3);
    const product = Float64Array.from({ length: n * n }, (_, index) =>
      rowDot(x, Math.floor(index / n), x, index % n),
    );
    const { values, vectors } = symmetricEigen(product, n);
    const v = { rows: n, columns: n, data: vectors };
    const a = { rows: n, columns: n, data: product };
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j < n; j += 1) {
        expect(rowDot(v, i, v, j)).toBeCloseTo(i === j ? 1 : 0, 12);
        expect(rowDot(a, j, v, i)).toBeCloseTo((values[i] ?? 0) * (vectors[i * n + j] ?? 0), 11);
      }
    }
  });

  test("takes a matrix of zeros and refuses a wrong size", () => {
    expect([...symmetricEigen(new Float64Array(4), 2).values]).toEqual([0, 0]);
    expect(() => symmetricEigen(new Float64Array(3), 2)).toThrow(RangeError);
  });
});
