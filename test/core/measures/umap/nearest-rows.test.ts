import { describe, expect, test } from "vitest";
import type { Matrix } from "../../../../core/measures/matrix.ts";
import { searchNearestRows } from "../../../../core/measures/umap/nearest-rows.ts";
import { gaussian } from "../../../support/gaussian.ts";
import { matrixOf } from "../../../support/matrix-of.ts";

function nearestOf(x: Matrix, count: number) {
  const search = searchNearestRows(x, count);
  let [steps, before] = [0, 0];
  while (!search.step()) {
    expect(search.progress).toBeGreaterThan(before);
    before = search.progress;
    steps += 1;
    expect(steps).toBeLessThan(1000);
  }
  return search.found;
}

/** Every pair's distance, in binary64, sorted. */
function byHand({ rows, columns, data }: Matrix, count: number) {
  const distance = (i: number, j: number) =>
    Math.hypot(
      ...Array.from(
        { length: columns },
        (_, k) => (data[i * columns + k] ?? 0) - (data[j * columns + k] ?? 0),
      ),
    );
  return Array.from({ length: rows }, (_row, i) =>
    Array.from({ length: rows }, (_other, j) => ({ j, distance: distance(i, j) }))
      .filter(({ j }) => j !== i)
      .sort((a, b) => a.distance - b.distance || a.j - b.j)
      .slice(0, count),
  );
}

/** Far from the origin, with one row a million times as long as the others. */
function shiftedWithOutlier(): Matrix {
  const x = gaussian(120, 6, 3);
  x.data.forEach((value, index) => {
    x.data[index] = index < 6 ? 1e6 * value : value + 1000;
  });
  return x;
}

describe("searchNearestRows", () => {
  test.each([
    ["more rows than a block", gaussian(301, 33, 1), 14],
    ["fewer rows than a panel", gaussian(5, 4, 2), 3],
    ["all others", gaussian(20, 3, 4), 19],
    ["one column", gaussian(90, 1, 5), 7],
  ])("finds what comparing all rows finds: %s", (_name, x, count) => {
    const found = nearestOf(x, count);
    const expected = byHand(x, count).flat();
    expect([...found.rows]).toEqual(expected.map(({ j }) => j));
    for (const [index, { distance }] of expected.entries()) {
      expect(found.distances[index]).toBeCloseTo(distance, 12);
    }
  });

  test("finds the nearest of rows beside one that is very far away", () => {
    const x = shiftedWithOutlier();
    const { distances } = nearestOf(x, 4);
    const expected = byHand(x, 4).flat();
    for (const [index, { distance }] of expected.entries()) {
      // The outlier sets the mean and by that the rounding: others may lack a near tie, no more.
      expect((distances[index] ?? 0) / distance).toBeLessThan(1.5);
    }
  });

  test("finds identical rows at 0, ordered by row where all are candidates", () => {
    const { rows, distances } = nearestOf(
      matrixOf(4, 2, Float64Array.of(1, 2, 1, 2, 1, 2, 1, 2)),
      3,
    );
    expect([...rows]).toEqual([1, 2, 3, 0, 2, 3, 0, 1, 3, 0, 1, 2]);
    expect(distances.every((distance) => distance === 0)).toBe(true);
  });

  test.each([
    ["no rows", matrixOf(0, 3, new Float64Array(0))],
    ["one row", matrixOf(1, 3, Float64Array.of(1, 2, 3))],
  ])("is done at once for %s", (_name, x) => {
    const search = searchNearestRows(x, 0);
    expect(search.step()).toBe(true);
    expect(search.found).toEqual({
      count: 0,
      rows: new Int32Array(0),
      distances: new Float64Array(0),
    });
  });

  test("takes rows without columns for identical ones", () => {
    const { rows, distances } = nearestOf(matrixOf(3, 0, new Float64Array(0)), 2);
    expect([...rows]).toEqual([1, 2, 0, 2, 0, 1]);
    expect([...distances]).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
