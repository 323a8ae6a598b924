import { describe, expect, test } from "vitest";
import { linearCka } from "../../../core/measures/linear-cka.ts";
import type { Matrix } from "../../../core/measures/matrix.ts";
import { gaussian } from "../../support/gaussian.ts";
import { matrixOf } from "../../support/matrix-of.ts";

const X = gaussian(30, 4, 1);
const Z = gaussian(30, 3, 2);
const mapped = (x: Matrix, f: (value: number, column: number, row: number) => number): Matrix => ({
  ...x,
  data: Float64Array.from(x.data, (v, i) => f(v, i % x.columns, Math.floor(i / x.columns))),
});

/** HSIC of the centred Gram matrices, as it is defined. */
function byDefinition(x: Matrix, z: Matrix): number {
  const n = x.rows;
  const gram = (m: Matrix) =>
    Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_j, j) =>
        Array.from(
          { length: m.columns },
          (_k, k) => m.data[i * m.columns + k]! * m.data[j * m.columns + k]!,
        ).reduce((a, b) => a + b, 0),
      ),
    );
  const centred = (k: number[][]) => {
    const means = k.map((row) => row.reduce((a, b) => a + b, 0) / n);
    const all = means.reduce((a, b) => a + b, 0) / n;
    return k.map((row, i) => row.map((v, j) => v - means[i]! - means[j]! + all));
  };
  const inner = (a: number[][], b: number[][]) =>
    a.reduce((sum, row, i) => sum + row.reduce((part, v, j) => part + v * b[i]![j]!, 0), 0);
  const [k, l] = [centred(gram(x)), centred(gram(z))];
  return inner(k, l) / Math.sqrt(inner(k, k) * inner(l, l));
}

describe("linearCka", () => {
  test.each([
    ["more rows than columns", X, Z],
    ["fewer rows than columns", gaussian(6, 20, 3), gaussian(6, 9, 4)],
    ["one side wide", gaussian(10, 3, 5), gaussian(10, 40, 6)],
  ])("equals HSIC(K, L)/√(HSIC(K, K)·HSIC(L, L)) within 1e-10: %s", (_name, x, z) => {
    expect(Math.abs(linearCka(x, z) - byDefinition(x, z))).toBeLessThan(1e-10);
  });

  test("does not change with a shift, a scale, or a rotation", () => {
    const value = linearCka(X, Z);
    const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
    const rotated = mapped(X, (v, column, row) => {
      const [a, b] = [X.data[row * 4]!, X.data[row * 4 + 1]!];
      return column === 0 ? c * a - s * b : column === 1 ? s * a + c * b : v;
    });
    expect(Math.abs(linearCka(rotated, Z) - value)).toBeLessThan(1e-10);
    expect(
      Math.abs(
        linearCka(
          mapped(X, (v) => 7 * v - 100),
          Z,
        ) - value,
      ),
    ).toBeLessThan(1e-10);
  });

  test("is 1 of itself, and NaN, not 0, of constant features or a single row", () => {
    expect(linearCka(X, X)).toBeCloseTo(1, 12);
    expect(
      linearCka(
        X,
        mapped(Z, () => 0.1),
      ),
    ).toBeNaN();
    expect(linearCka(gaussian(1, 4, 1), gaussian(1, 4, 2))).toBeNaN();
  });

  test("leaves out rows that are NaN on one side", () => {
    const holed = mapped(X, (v, _column, row) => (row === 3 ? Number.NaN : v));
    const without = (x: Matrix) =>
      matrixOf(
        29,
        x.columns,
        Float64Array.from(x.data).filter((_, i) => Math.floor(i / x.columns) !== 3),
      );
    expect(linearCka(holed, Z)).toBeCloseTo(linearCka(without(X), without(Z)), 12);
  });

  test("refuses rows that do not pair", () => {
    expect(() => linearCka(X, gaussian(29, 4, 1))).toThrow("30 rows with 29");
  });
});
