import { describe, expect, test } from "vitest";
import { marchenkoPasturMedian, noiseEdge } from "../../../core/measures/noise-edge.ts";
import { singularValues } from "../../../core/measures/singular-values.ts";
import { gaussian } from "../../support/gaussian.ts";

describe("marchenkoPasturMedian()", () => {
  // Gavish & Donoho 2014, equation (5), right to 0.02, of the ratio λ*(β)/√μ_β in their equation (11).
  test.each([0.05, 0.1, 0.3, 0.5, 0.75, 1])("fits the published coefficient at β = %d", (ratio) => {
    const published = 0.56 * ratio ** 3 - 0.95 * ratio ** 2 + 1.82 * ratio + 1.43;
    const root = Math.sqrt(ratio ** 2 + 14 * ratio + 1);
    const threshold = Math.sqrt(2 * (ratio + 1) + (8 * ratio) / (ratio + 1 + root));
    const found = threshold / Math.sqrt(marchenkoPasturMedian(ratio));
    expect(Math.abs(found - published)).toBeLessThan(0.02);
  });

  test("halves the quarter circle at β = 1", () => {
    // The law of the singular values is √(4 − y²)/π on [0, 2] there.
    const y = Math.sqrt(marchenkoPasturMedian(1));
    const below = ((y * Math.sqrt(4 - y * y)) / 2 + 2 * Math.asin(y / 2)) / Math.PI;
    expect(below).toBeCloseTo(0.5, 12);
  });

  test("tends to 1 for a long matrix", () => {
    expect(marchenkoPasturMedian(1e-6)).toBeCloseTo(1, 5);
  });
});

describe("noiseEdge()", () => {
  test.each([
    [200, 200],
    [400, 100],
    [60, 300],
  ])("of normal numbers [%d, %d] is s(√rows + √columns)", (rows, columns) => {
    const { data } = gaussian(rows, columns, 5);
    const spectrum = [...(singularValues({ rows, columns, data }) ?? [])];
    const edge = noiseEdge(spectrum, { rows, columns }) ?? Number.NaN;
    expect(Math.abs(edge / (Math.sqrt(rows) + Math.sqrt(columns)) - 1)).toBeLessThan(0.03);
    // Fluctuations at the edge are of order n^(−2/3).
    expect((spectrum[0] ?? 0) / edge).toBeLessThan(1.04);
  });

  test("is not known for few values or where half of them are zero", () => {
    expect(noiseEdge([3, 2, 1], { rows: 3, columns: 3 })).toBeUndefined();
    const half = Array.from({ length: 10 }, (_, index) => (index < 5 ? 1 : 0));
    expect(noiseEdge(half, { rows: 10, columns: 10 })).toBeUndefined();
  });
});
