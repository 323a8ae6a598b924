import { expect, test } from "vitest";
import type { Matrix } from "../../core/measures/matrix.ts";
import { pca } from "../../core/measures/pca.ts";
import { fuzzyUnion, memberships } from "../../core/measures/umap/membership.ts";
import { searchNearestRows } from "../../core/measures/umap/nearest-rows.ts";
import { createUmap } from "../../core/measures/umap/umap.ts";
import { gaussian } from "../support/gaussian.ts";
import { describeWithPython, runPython } from "./run-python.ts";

interface Reference {
  readonly rows: readonly number[];
  readonly distances: readonly number[];
  /** [n, n] */
  readonly union: readonly number[];
  readonly trustworthiness: readonly number[];
}

const SIZE = 15;

/** Eight rings, each in a plane of its own of 32 dimensions, of unit length but for some noise. */
function rings(rows: number): Matrix {
  const noise = gaussian(rows, 32, 4);
  for (let row = 0; row < rows; row += 1) {
    const [ring, angle] = [row % 8, (Math.floor(row / 8) * 2.399963) % (2 * Math.PI)];
    for (let k = 0; k < 32; k += 1) {
      const index = 32 * row + k;
      noise.data[index] = 0.004 * (noise.data[index] ?? 0) + (k === 16 + ring ? 1.5 : 0);
    }
    noise.data[32 * row + 2 * ring] = (noise.data[32 * row + 2 * ring] ?? 0) + Math.cos(angle);
    noise.data[32 * row + 2 * ring + 1] =
      (noise.data[32 * row + 2 * ring + 1] ?? 0) + Math.sin(angle);
  }
  return noise;
}

function placesOf(x: Matrix, metric: "euclidean" | "cosine"): Float32Array {
  const umap = createUmap(x, { metric, neighbours: SIZE });
  while (!umap.step());
  return umap.positions();
}

function graphOf(x: Matrix) {
  const search = searchNearestRows(x, SIZE - 1);
  while (!search.step());
  return { found: search.found, graph: fuzzyUnion(search.found, memberships(search.found, SIZE)) };
}

function largestDifference(ours: Float64Array, theirs: readonly number[]): number {
  expect(ours).toHaveLength(theirs.length);
  return ours.reduce((most, value, index) => {
    return Math.max(most, Math.abs(value - (theirs[index] ?? Number.NaN)));
  }, 0);
}

describeWithPython("UMAP against scikit-learn and SciPy", () => {
  test("finds the same neighbours and joins them by the same strengths", () => {
    const x = rings(400);
    const { found, graph } = graphOf(x);
    const theirs = runPython("umap.py", {
      data: [...x.data],
      columns: x.columns,
      size: SIZE,
      metric: "euclidean",
      places: [],
    }) as Reference;
    expect([...found.rows]).toEqual(theirs.rows);
    expect(largestDifference(found.distances, theirs.distances)).toBeLessThan(1e-7);

    const union = new Float64Array(400 * 400);
    for (const [edge, weight] of graph.weights.entries()) {
      union[400 * (graph.heads[edge] ?? 0) + (graph.tails[edge] ?? 0)] = weight;
    }
    // Widths are found to within 1e-5 of the sum of a row's strengths.
    expect(largestDifference(union, theirs.union)).toBeLessThan(1e-5);
  });

  test.each(["euclidean", "cosine"] as const)(
    "keeps neighbourhoods in the plane as the PCA does not: %s",
    (metric) => {
      const x = rings(640);
      const { trustworthiness } = runPython("umap.py", {
        data: [...x.data],
        columns: x.columns,
        size: SIZE,
        metric,
        places: [[...placesOf(x, metric)], [...pca(x).xy]],
      }) as Reference;
      const [ours = 0, axes = 1] = trustworthiness;
      expect(ours).toBeGreaterThanOrEqual(0.99);
      expect(axes).toBeLessThan(0.98);
    },
  );
});
