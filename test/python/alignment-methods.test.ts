import { expect, test } from "vitest";
import type { Matrix } from "../../core/measures/matrix.ts";
import { fitCca } from "../../trainer/src/alignment/cca.ts";
import { dtw, dtwDistance } from "../../trainer/src/alignment/dtw.ts";
import { gromovWasserstein } from "../../trainer/src/alignment/gromov-wasserstein.ts";
import { fitProcrustes } from "../../trainer/src/alignment/procrustes.ts";
import { fitRidgeMap } from "../../trainer/src/alignment/ridge-map.ts";
import { sinkhorn } from "../../trainer/src/alignment/sinkhorn.ts";
import { multiply } from "../../trainer/src/linear-algebra/products.ts";
import { expectWithin } from "../support/expect-within.ts";
import { gaussian } from "../support/gaussian.ts";
import { describeWithPython, runPython } from "./run-python.ts";

/** Largest difference, relative to the largest reference. */
function difference(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  expect(ours.length).toBe(theirs.length);
  const scale = Math.max(...Array.from(theirs, Math.abs));
  return Math.max(...Array.from(ours, (value, i) => Math.abs(value - (theirs[i] ?? 0)))) / scale;
}

const ask = <Answer>(query: object): Answer =>
  (runPython("alignment.py", [query]) as readonly Answer[])[0] as Answer;

const json = ({ rows, columns, data }: Matrix) => ({ rows, columns, data: [...data] });

/** X = YW + noise. */
function pairs(rows: number, from: number, to: number, noise: number) {
  const y = gaussian(rows, from, 1);
  const [truth, rest] = [gaussian(from, to, 2), gaussian(rows, to, 3)];
  const x = multiply(y, truth);
  return { y, x: { ...x, data: x.data.map((v, i) => v + noise * (rest.data[i] ?? 0)) } };
}

const uniform = (length: number) => new Float64Array(length).fill(1 / length);
const uneven = (length: number) => {
  const weights = Float64Array.from({ length }, (_, i) => 1 + (i % 5));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
};

function squaredDistances(x: Matrix, y: Matrix): Matrix {
  const data = Float64Array.from({ length: x.rows * y.rows }, (_, at) => {
    const [i, j] = [Math.floor(at / y.rows), at % y.rows];
    let sum = 0;
    for (let k = 0; k < x.columns; k += 1) {
      sum += ((x.data[i * x.columns + k] ?? 0) - (y.data[j * y.columns + k] ?? 0)) ** 2;
    }
    return sum;
  });
  return { rows: x.rows, columns: y.rows, data };
}

const distances = (x: Matrix): Matrix => {
  const squares = squaredDistances(x, x);
  const roots = squares.data.map(Math.sqrt);
  const most = Math.max(...roots);
  return { ...squares, data: roots.map((value) => value / most) };
};

describeWithPython("alignment against scikit-learn, SciPy, POT, dtaidistance and NumPy", () => {
  test.each([
    ["more rows than columns", 60, 8, 5, 0.7],
    ["fewer rows than columns", 12, 30, 5, 0.7],
    ["one column each", 20, 1, 1, 3],
    ["λ = 0, full rank", 60, 8, 5, 0],
    ["λ = 0, fewer rows than columns: minimum norm", 12, 30, 5, 0],
  ])("ridge map: %s, within 1e-9", (name, rows, from, to, lambda) => {
    const { y, x } = pairs(rows, from, to, 0.5);
    const ours = fitRidgeMap(y, x, lambda);
    const theirs = ask<{ weights: number[]; rank?: number }>({
      method: "ridge",
      from: json(y),
      to: json(x),
      lambda,
    });
    expectWithin(difference(ours.weights.data, theirs.weights), {
      section: "Multimodal",
      quantity: `ridge map, relative: ${name}`,
      formula: "argmin ‖X − YW‖² + λ‖W‖²",
      reference: lambda === 0 ? "numpy.linalg.lstsq" : "scikit-learn Ridge, no intercept",
      tolerance: 1e-9,
    });
    expect(ours.rank).toBe(theirs.rank);
    expect(ours.warning !== undefined).toBe(theirs.rank !== undefined && theirs.rank < from);
  });

  test("Procrustes within 1e-10, reflections, rotations and scale", () => {
    const from = gaussian(40, 6, 4);
    for (const seed of [5, 6, 7, 8]) {
      const to = multiply(from, gaussian(6, 6, seed));
      const theirs = ask<{
        rotation: number[];
        scale: number;
        proper: number[];
        properScale: number;
      }>({
        method: "procrustes",
        from: json(from),
        to: json(to),
      });
      const free = fitProcrustes(from, to, { scale: true });
      expectWithin(difference(free.rotation.data, theirs.rotation), {
        section: "Multimodal",
        quantity: `Procrustes, orthogonal map ${seed}`,
        formula: "AᵀB = USVᵀ, R = UVᵀ",
        reference: "scipy.linalg.orthogonal_procrustes",
        tolerance: 1e-10,
      });
      expect(Math.abs(free.scale / theirs.scale - 1)).toBeLessThan(1e-10);
      const proper = fitProcrustes(from, to, { rotation: true, scale: true });
      expect(difference(proper.rotation.data, theirs.proper)).toBeLessThan(1e-10);
      expect(Math.abs(proper.scale / theirs.properScale - 1)).toBeLessThan(1e-10);
    }
  });

  test.each([
    ["unregularised", 0],
    ["regularised", 0.3],
  ])("CCA %s: correlations and weights within 1e-9 of NumPy", (_name, regularization) => {
    const { y, x } = pairs(80, 6, 4, 2);
    const ours = fitCca(y, x, { components: 3, regularization });
    const theirs = ask<{ correlations: number[]; x: number[]; y: number[] }>({
      method: "cca",
      from: json(y),
      to: json(x),
      components: 3,
      regularization,
    });
    expectWithin(difference(ours.correlations, theirs.correlations), {
      section: "Multimodal",
      quantity: `CCA, correlations, relative: r = ${regularization}`,
      formula: "SVD of (Sxx + rI)^−½ Sxy (Syy + rI)^−½",
      reference: "NumPy float64",
      tolerance: 1e-9,
    });
    expect(difference(ours.x.data, theirs.x)).toBeLessThan(1e-9);
    expect(difference(ours.y.data, theirs.y)).toBeLessThan(1e-9);
  });

  test("CCA: correlations within 1e-4 of scikit-learn", () => {
    const { y, x } = pairs(80, 6, 4, 2);
    const ours = fitCca(y, x, { components: 3, regularization: 0 });
    const theirs = ask<number[]>({
      method: "sklearn_cca",
      from: json(y),
      to: json(x),
      components: 3,
    });
    expectWithin(difference(ours.correlations, theirs), {
      section: "Multimodal",
      quantity: "CCA, correlations, relative: unregularised",
      formula: "SVD of Sxx^−½ Sxy Syy^−½",
      reference: "scikit-learn CCA",
      tolerance: 1e-4,
    });
  });

  test.each([
    ["equal weights", uniform, 0.5],
    ["uneven weights", uneven, 0.5],
    ["a small ε", uneven, 0.2],
  ])("Sinkhorn's plan within 1e-8 of POT: %s", (name, weights, epsilon) => {
    const cost = squaredDistances(gaussian(20, 3, 1), gaussian(14, 3, 2));
    const [a, b] = [weights(20), weights(14)];
    const ours = sinkhorn(cost, a, b, { epsilon, tolerance: 1e-13 });
    const theirs = ask<number[]>({
      method: "sinkhorn",
      cost: json(cost),
      a: [...a],
      b: [...b],
      epsilon,
    });
    expectWithin(difference(ours.plan.data, theirs), {
      section: "Multimodal",
      quantity: `Sinkhorn plan, relative: ${name}`,
      formula: "argmin ⟨P, C⟩ + ε Σ P(log P − 1), P1 = a, Pᵀ1 = b",
      reference: "POT sinkhorn_log",
      tolerance: 1e-8,
    });
  });

  test.each([
    ["as many rows", 18, 18, 0.02],
    ["unequal numbers of rows", 18, 13, 0.05],
  ])("the Gromov-Wasserstein plan within 1e-6 of POT: %s", (name, n, m, epsilon) => {
    const [c1, c2] = [distances(gaussian(n, 4, 1)), distances(gaussian(m, 3, 2))];
    const [a, b] = [uneven(n), uneven(m)];
    const ours = gromovWasserstein(c1, c2, a, b, {
      epsilon,
      tolerance: 1e-10,
      maxIterations: 2000,
    });
    const theirs = ask<{ plan: number[]; distortion: number }>({
      method: "gromov",
      c1: json(c1),
      c2: json(c2),
      a: [...a],
      b: [...b],
      epsilon,
    });
    expectWithin(difference(ours.plan.data, theirs.plan), {
      section: "Multimodal",
      quantity: `Gromov-Wasserstein plan, relative: ${name}`,
      formula: "T = Sinkhorn(2(C1²a1ᵀ + 1(C2²b)ᵀ − 2 C1 T C2ᵀ), ε)",
      reference: "POT entropic_gromov_wasserstein",
      tolerance: 1e-6,
    });
    expect(Math.abs(ours.distortion / theirs.distortion - 1)).toBeLessThan(1e-6);
  });

  test.each([
    ["no band", 12, 12, 1, undefined],
    ["several numbers a frame", 12, 9, 3, undefined],
    ["a band", 15, 15, 1, 2],
    ["a band of one", 15, 15, 2, 1],
    ["a band and unequal lengths", 15, 11, 2, 2],
  ])("DTW equals dtaidistance: %s", (name, n, m, columns, radius) => {
    const [x, y] = [gaussian(n, columns, 1), gaussian(m, columns, 2)];
    const options = radius === undefined ? {} : { radius };
    const theirs = ask<{ distance: number; path: number[][] }>({
      method: "dtw",
      from: json(x),
      to: json(y),
      ...options,
    });
    const ours = dtw(x, y, options);
    expectWithin(Math.abs(ours.distance - theirs.distance), {
      section: "Multimodal",
      quantity: `DTW distance: ${name}`,
      formula: "D_ij = ‖x_i − y_j‖² + min(D_i−1,j−1, D_i−1,j, D_i,j−1), √D_nm",
      reference: "dtaidistance",
      tolerance: 1e-12,
    });
    expect(dtwDistance(x, y, options)).toBe(ours.distance);
    expect(ours.path).toEqual(theirs.path);
  });
});
