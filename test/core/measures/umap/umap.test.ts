import { describe, expect, test } from "vitest";
import type { Matrix } from "../../../../core/measures/matrix.ts";
import { pca } from "../../../../core/measures/pca.ts";
import { createUmap, type UmapOptions } from "../../../../core/measures/umap/umap.ts";
import { gaussian } from "../../../support/gaussian.ts";
import { matrixOf } from "../../../support/matrix-of.ts";

function project(x: Matrix, options: UmapOptions = { metric: "euclidean" }): Float32Array {
  const umap = createUmap(x, options);
  let before = umap.progress;
  while (!umap.step()) {
    expect(umap.progress).toBeGreaterThanOrEqual(before);
    before = umap.progress;
  }
  expect(umap.progress).toBe(1);
  return umap.positions();
}

/** `groups` clouds of 40 rows in 12 dimensions, far from one another. */
function clouds(groups: number): Matrix {
  const x = gaussian(40 * groups, 12, 3);
  for (let row = 0; row < x.rows; row += 1) {
    const index = row * 12 + (row % groups);
    x.data[index] = (x.data[index] ?? 0) + 60;
  }
  return x;
}

const distance = (xy: Float32Array, i: number, j: number) =>
  Math.hypot((xy[2 * i] ?? 0) - (xy[2 * j] ?? 0), (xy[2 * i + 1] ?? 0) - (xy[2 * j + 1] ?? 0));

describe("createUmap", () => {
  test("puts every row's nearest point of the plane into its own cloud", () => {
    const [x, groups] = [clouds(4), 4];
    const xy = project(x);
    for (let row = 0; row < x.rows; row += 1) {
      const others = Array.from({ length: x.rows }, (_, j) => j).filter((j) => j !== row);
      const nearest = others.reduce((a, b) =>
        distance(xy, row, b) < distance(xy, row, a) ? b : a,
      );
      expect(nearest % groups).toBe(row % groups);
    }
  });

  test("starts from the two main axes", () => {
    const x = clouds(3);
    const [start, axes] = [createUmap(x, { metric: "euclidean" }).positions(), pca(x).xy];
    const largest = Math.max(...axes.map(Math.abs));
    for (const [index, value] of start.entries()) {
      expect(Math.abs(value - (5 * (axes[index] ?? 0)) / largest)).toBeLessThan(1.1e-4);
    }
  });

  test("compares directions with the cosine, whatever the lengths", () => {
    const x = clouds(3);
    const longer = { ...x, data: x.data.slice() };
    for (let row = 0; row < x.rows; row += 1) {
      for (let k = 0; k < 12; k += 1) {
        longer.data[12 * row + k] = 2 ** (row % 5) * (x.data[12 * row + k] ?? 0);
      }
    }
    expect(project(longer, { metric: "cosine" })).toEqual(project(x, { metric: "cosine" }));
  });

  test("gives the same picture twice, and another one for another seed", () => {
    const x = clouds(3);
    const seven = project(x, { metric: "euclidean", seed: 7 });
    expect(project(x, { metric: "euclidean", seed: 7 })).toEqual(seven);
    expect(project(x, { metric: "euclidean", seed: 8 })).not.toEqual(seven);
  });

  test("leaves rows out that are not finite, and zeros with the cosine", () => {
    const x = clouds(2);
    x.data[5] = Number.NaN;
    x.data.fill(0, 24, 36);
    const missing = (xy: Float32Array) =>
      [...xy.entries()].filter(([, value]) => Number.isNaN(value)).map(([index]) => index);
    expect(missing(project(x))).toEqual([0, 1]);
    expect(missing(project(x, { metric: "cosine" }))).toEqual([0, 1, 4, 5]);
  });

  test.each([
    ["no rows", matrixOf(0, 3, new Float64Array(0)), []],
    [
      "no row that is finite",
      matrixOf(1, 1, Float64Array.of(Number.NaN)),
      [Number.NaN, Number.NaN],
    ],
  ])("has nothing to show for %s", (_name, x, expected) => {
    expect([...project(x)]).toEqual(expected);
  });

  test("lays one row at 0, give or take the noise", () => {
    const [x = 1, y = 1] = project(matrixOf(1, 3, Float64Array.of(4, 5, 6)));
    expect(Math.hypot(x, y)).toBeLessThan(2e-4);
  });

  test.each([
    ["two rows", gaussian(2, 5, 1)],
    ["fewer rows than neighbours", gaussian(9, 5, 1)],
    ["rows of one column", gaussian(40, 1, 1)],
    ["identical rows", matrixOf(30, 2, new Float64Array(60).fill(3))],
    ["rows without columns", matrixOf(20, 0, new Float64Array(0))],
    ["huge and tiny rows", matrixOf(3, 2, Float64Array.of(1e300, 0, -1e300, 1e-300, 0, 5e-324))],
  ])("gives finite positions for %s", (_name, x) => {
    const xy = project(x);
    expect(xy).toHaveLength(2 * x.rows);
    expect(xy.every(Number.isFinite)).toBe(true);
  });
});
