import { expect, test } from "vitest";
import { alignment } from "../../core/measures/alignment.ts";
import { conditioning } from "../../core/measures/condition-number.ts";
import { pairCosines } from "../../core/measures/cosine.ts";
import { f1 } from "../../core/measures/f1.ts";
import { layerStatistics } from "../../core/measures/layer-statistics.ts";
import { linearCka } from "../../core/measures/linear-cka.ts";
import type { Matrix } from "../../core/measures/matrix.ts";
import { modalityGap } from "../../core/measures/modality-gap.ts";
import { marchenkoPasturMedian } from "../../core/measures/noise-edge.ts";
import { pca } from "../../core/measures/pca.ts";
import { retrieval } from "../../core/measures/retrieval.ts";
import { singularValues } from "../../core/measures/singular-values.ts";
import { uniformity } from "../../core/measures/uniformity.ts";
import { expectWithin } from "../support/expect-within.ts";
import { gaussian } from "../support/gaussian.ts";
import { describeWithPython, runPython } from "./run-python.ts";

interface Reference {
  readonly retrieval: readonly {
    readonly ranks: readonly number[];
    readonly recall: readonly number[];
    readonly mrr: number;
    readonly medianRank: number;
  }[];
  readonly gap: number;
  readonly alignment: number;
  readonly uniformity: number;
  readonly cosines: readonly number[];
  readonly cka: number;
  readonly f1: readonly number[];
  readonly pca: { readonly xy: readonly number[]; readonly explained: readonly number[] };
  readonly layer: {
    readonly zeros: number;
    readonly l1: number;
    readonly l2: number;
    readonly maxAbs: number;
    readonly deadUnits: number;
    readonly counts: readonly number[];
    readonly edges: readonly number[];
    readonly spectrum: readonly number[];
    readonly nearZeros: number;
  };
  readonly conditioned: readonly { readonly condition: number; readonly rank: number }[];
  readonly medians: readonly number[];
}

/** binary32 numbers, as embeddings and weights are stored. */
function rounded({ rows, columns, data }: Matrix): Matrix & { readonly data: Float32Array } {
  return { rows, columns, data: Float32Array.from(data) };
}

/** Largest difference, relative to the largest reference. */
function difference(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  expect(ours.length).toBe(theirs.length);
  const scale = Math.max(...Array.from(theirs, Math.abs));
  return Math.max(...Array.from(ours, (value, i) => Math.abs(value - (theirs[i] ?? 0)))) / scale;
}

/** Sparse weights [3, 3, 4, 12] with every third filter dead. */
function sparseFilters(): Float32Array {
  return Float32Array.from(gaussian(36, 12, 3).data, (value, index) =>
    Math.abs(value) < 0.5 || (index % 12) % 3 === 0 ? 0 : value,
  );
}

/** Classes of which one is never predicted and one is never true. */
const LABELS = Int32Array.from({ length: 90 }, (_, row) => (row * row) % 5);
const PREDICTED = LABELS.map((label, row) => (row % 4 === 0 ? 6 : row % 3 === 0 ? 1 : label));

/** Ratios of sides for the Marchenko–Pastur law. */
const RATIOS = [0.01, 0.2, 0.5, 0.9, 1];

/** X with its first column once more: one rank short. */
function withTwin({ rows, columns, data }: Matrix): Matrix {
  const wide = Float64Array.from({ length: rows * (columns + 1) }, (_, index) => {
    const column = index % (columns + 1);
    const row = Math.floor(index / (columns + 1));
    return data[row * columns + (column === columns ? 0 : column)] ?? 0;
  });
  return { rows, columns: columns + 1, data: wide };
}

describeWithPython("measures against NumPy, SciPy and scikit-learn", () => {
  test.each([
    ["more rows than dimensions", 150, 16],
    ["more dimensions than rows", 20, 64],
    ["many rows", 1200, 24],
  ])("agree: %s", (name, rows, columns) => {
    const x = rounded(gaussian(rows, columns, 1));
    const noise = gaussian(rows, columns, 2);
    const z = rounded({ ...noise, data: noise.data.map((value, i) => value + (x.data[i] ?? 0)) });
    for (let row = 0; row < rows; row += 1) {
      // Two directions that stand out, so that the main axes are well defined.
      x.data[row * columns] = 4 * (x.data[row * columns] ?? 0);
      z.data[row * columns + 1] = 3 * (z.data[row * columns + 1] ?? 0);
    }
    const weights = sparseFilters();
    const theirs = runPython("measures.py", {
      x: { columns, data: [...x.data] },
      z: { columns, data: [...z.data] },
      weights: [...weights],
      labels: [...LABELS],
      predicted: [...PREDICTED],
      shape: [3, 3, 4, 12],
      ratios: RATIOS,
    }) as Reference;

    for (const [index, ours] of [retrieval(x, z), retrieval(z, x)].entries()) {
      const reference = theirs.retrieval[index];
      expect([...ours.ranks]).toEqual(reference?.ranks);
      expect(
        difference([ours.recall1, ours.recall5, ours.recall10], reference?.recall ?? []),
      ).toBeLessThan(1e-12);
      expect(ours.mrr).toBeCloseTo(reference?.mrr ?? Number.NaN, 12);
      expect(ours.medianRank).toBe(reference?.medianRank);
    }
    expect(modalityGap(x, z)).toBeCloseTo(theirs.gap, 12);
    expect(alignment(x, z)).toBeCloseTo(theirs.alignment, 12);
    expect(uniformity(x)).toBeCloseTo(theirs.uniformity, 12);
    expect(difference(pairCosines(x, z), theirs.cosines)).toBeLessThan(1e-12);

    expectWithin(Math.abs(linearCka(x, z) - theirs.cka), {
      section: "Multimodal",
      quantity: `linear CKA: ${name}`,
      formula: "‖ZᵀX‖²/(‖XᵀX‖ ‖ZᵀZ‖), columns centred",
      reference: "NumPy float64",
      tolerance: 1e-10,
    });
    const { macro, micro, weighted } = f1(LABELS, PREDICTED);
    expect(difference([macro, micro, weighted], theirs.f1)).toBeLessThan(1e-14);

    const joint = pca({
      rows: 2 * rows,
      columns,
      data: Float32Array.from([...x.data, ...z.data]),
    });
    expect(difference(joint.xy, theirs.pca.xy)).toBeLessThan(1e-9);
    expect(difference(joint.explained, theirs.pca.explained)).toBeLessThan(1e-12);

    for (const [index, matrix] of [x, z, withTwin(x)].entries()) {
      const reference = theirs.conditioned[index];
      const found = conditioning([...(singularValues(matrix) ?? [])], matrix);
      const isFull = found?.rank === Math.min(matrix.rows, matrix.columns);
      expect(found?.rank).toBe(reference?.rank);
      if (isFull) expect((found.condition ?? 0) / (reference?.condition ?? 0)).toBeCloseTo(1, 10);
      else expect(reference?.condition).toBeGreaterThan(1e14);
    }
    for (const [index, ratio] of RATIOS.entries()) {
      expect(marchenkoPasturMedian(ratio)).toBeCloseTo(theirs.medians[index] ?? Number.NaN, 8);
    }
    const statistics = layerStatistics(weights, [3, 3, 4, 12]);
    expect(statistics).toMatchObject({
      zeros: theirs.layer.zeros,
      maxAbs: theirs.layer.maxAbs,
      deadUnits: theirs.layer.deadUnits,
      units: 12,
      nearZeros: theirs.layer.nearZeros,
      histogram: { counts: theirs.layer.counts },
    });
    expect(theirs.layer.deadUnits).toBe(4);
    expect(statistics.l1 / theirs.layer.l1).toBeCloseTo(1, 12);
    expect(statistics.l2 / theirs.layer.l2).toBeCloseTo(1, 12);
    expect(difference(statistics.histogram.edges, theirs.layer.edges)).toBeLessThan(1e-14);
    expect(difference(statistics.spectrum ?? [], theirs.layer.spectrum)).toBeLessThan(1e-13);
  });
});
