import { describe, expect, test } from "vitest";
import { fitRidgeMap, ridgeMapGradient } from "../../../trainer/src/alignment/ridge-map.ts";
import { multiply } from "../../../trainer/src/linear-algebra/products.ts";
import { gaussian } from "../../support/gaussian.ts";
import { matrixOf } from "../../support/matrix-of.ts";
import { centralDifferences, distance } from "../../support/tensor-values.ts";

const FROM = gaussian(20, 4, 1);
const TO = gaussian(20, 3, 2);

function objective(weights: readonly number[], lambda: number): number {
  const w = matrixOf(4, 3, Float64Array.from(weights));
  const residual = multiply(FROM, w).data.map((value, i) => value - (TO.data[i] ?? 0));
  const squares = (values: Iterable<number>) => [...values].reduce((sum, v) => sum + v * v, 0);
  return squares(residual) + lambda * squares(weights);
}

describe("fitRidgeMap", () => {
  test.each([0, 0.1, 10])("leaves no gradient at λ = %d", (lambda) => {
    const { weights } = fitRidgeMap(FROM, TO, lambda);
    const gradient = ridgeMapGradient(FROM, TO, lambda, weights);
    expect(Math.max(...gradient.data.map(Math.abs))).toBeLessThan(1e-11);
  });

  test("has the gradient of its objective, within 1e-6", () => {
    const at = gaussian(4, 3, 3);
    const gradient = ridgeMapGradient(FROM, TO, 0.7, at);
    const expected = centralDifferences((w) => objective(w, 0.7), [...at.data], 1e-5);
    expect(distance([...gradient.data], expected)).toBeLessThan(1e-6);
  });

  test("is the identity that made the data, and shrinks to 0 as λ grows", () => {
    const exact = fitRidgeMap(FROM, FROM, 0).weights.data;
    for (const [at, value] of exact.entries()) expect(value).toBeCloseTo(at % 5 === 0 ? 1 : 0, 12);
    const shrunk = fitRidgeMap(FROM, TO, 1e12).weights.data;
    expect(Math.max(...shrunk.map(Math.abs))).toBeLessThan(1e-9);
  });

  test("gives the same by both forms", () => {
    const wide = gaussian(6, 9, 4);
    const to = gaussian(6, 2, 5);
    const dual = fitRidgeMap(wide, to, 0.3);
    expect(dual.form).toBe("dual");
    // Rows of zeros change neither the data term nor the penalty, only the form.
    const taller = matrixOf(
      12,
      9,
      Float64Array.from({ length: 108 }, (_, i) => wide.data[i] ?? 0),
    );
    const target = matrixOf(
      12,
      2,
      Float64Array.from({ length: 24 }, (_, i) => to.data[i] ?? 0),
    );
    const primal = fitRidgeMap(taller, target, 0.3);
    expect(primal.form).toBe("primal");
    expect(distance([...dual.weights.data], [...primal.weights.data])).toBeLessThan(1e-12);
  });

  test("takes the solution of least norm, and says so, when columns repeat and λ = 0", () => {
    const doubled = matrixOf(3, 2, new Float64Array([1, 1, 2, 2, 3, 3]));
    const found = fitRidgeMap(doubled, matrixOf(3, 1, new Float64Array([2, 4, 6])), 0);
    expect([...found.weights.data].map((value) => Number(value.toFixed(12)))).toEqual([1, 1]);
    expect(found).toMatchObject({ form: "minimum_norm", rank: 1 });
    expect(found.warning).toContain("rank 1 do not determine a map from 2 columns");
  });

  test("solves what a λ lost in rounding leaves singular", () => {
    const doubled = matrixOf(2, 2, new Float64Array([1e10, 1e10, 2e10, 2e10]));
    const found = fitRidgeMap(doubled, matrixOf(2, 1, new Float64Array([1e10, 2e10])), 1e-12);
    for (const weight of found.weights.data) expect(weight).toBeCloseTo(0.5, 12);
  });

  test.each([
    ["rows that do not pair", FROM, gaussian(19, 3, 2), 1, "Cannot pair 20 rows with 19 rows"],
    ["no rows", gaussian(0, 3, 1), gaussian(0, 2, 1), 1, "0 pairs"],
    ["a negative λ", FROM, TO, -1, "λ = -1"],
    ["a λ that is no number", FROM, TO, Number.NaN, "λ = NaN"],
  ])("refuses %s", (_name, from, to, lambda, message) => {
    expect(() => fitRidgeMap(from, to, lambda)).toThrow(message);
  });

  test("names the entry that is not finite", () => {
    const broken = { ...FROM, data: FROM.data.map((value, i) => (i === 6 ? Number.NaN : value)) };
    expect(() => fitRidgeMap(broken, TO, 0)).toThrow("NaN at row 1, column 2");
  });
});
