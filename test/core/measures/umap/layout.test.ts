import { describe, expect, test } from "vitest";
import { createLayout } from "../../../../core/measures/umap/layout.ts";

const CURVE = { a: 1.577, b: 0.895 };

/** Numbers of the generator that the layout's documentation names. */
function drawsFrom(seed: number) {
  let state = BigInt(seed) + (1n << 32n);
  return (rows: number) => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(((state >> 32n) * BigInt(rows)) >> 32n);
  };
}

const clip = (value: number) => Math.min(4, Math.max(-4, value));

/** The epochs by the formulas of the paper, in binary64. */
function byFormula(
  edges: readonly { readonly head: number; readonly tail: number; readonly weight: number }[],
  points: number[][],
  epochs: number,
) {
  const { a, b } = CURVE;
  const draw = drawsFrom(7);
  const heaviest = Math.max(...edges.map(({ weight }) => weight));
  const next = edges.map(({ weight }) => heaviest / weight);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (const [index, { head, tail, weight }] of edges.entries()) {
      if ((next[index] ?? 0) > epoch) continue;
      next[index] = (next[index] ?? 0) + heaviest / weight;
      const [rate, from = [], to = []] = [1 - epoch / epochs, points[head], points[tail]];
      const delta = from.map((value, k) => value - (to[k] ?? 0));
      const s = delta.reduce((sum, value) => sum + value * value, 0);
      const pull = (-2 * a * b * s ** (b - 1)) / (1 + a * s ** b);
      for (const [k, value] of delta.entries()) {
        const move = rate * clip(pull * value);
        from[k] = (from[k] ?? 0) + move;
        to[k] = (to[k] ?? 0) - move;
      }
      const sum = [0, 0];
      for (let negative = 0; negative < 5; negative += 1) {
        const other = points[draw(points.length)] ?? [];
        const away = from.map((value, k) => value - (other[k] ?? 0));
        const t = away.reduce((total, value) => total + value * value, 0);
        const push = (2 * b) / ((0.001 + t) * (1 + a * t ** b));
        for (const k of [0, 1]) sum[k] = (sum[k] ?? 0) + clip(push * (away[k] ?? 0));
      }
      for (const k of [0, 1]) from[k] = (from[k] ?? 0) + rate * (sum[k] ?? 0);
    }
  }
  return points.flat();
}

describe("createLayout", () => {
  test("moves points by the gradient of the cross-entropy, in turn by weight", () => {
    const edges = [
      { head: 0, tail: 1, weight: 1 },
      { head: 1, tail: 2, weight: 0.9 },
      { head: 2, tail: 3, weight: 0.7 },
      { head: 3, tail: 0, weight: 0.1 },
    ];
    const start = [0, 0, 1, 0.5, -2, 1, 3, -4];
    const layout = createLayout(
      {
        heads: Int32Array.from(edges, ({ head }) => head),
        tails: Int32Array.from(edges, ({ tail }) => tail),
        weights: Float64Array.from(edges, ({ weight }) => weight),
      },
      Float32Array.from(start),
      { curve: CURVE, epochs: 3, seed: 7 },
    );
    const pairs = [0, 2, 4, 6].map((index) => start.slice(index, index + 2));
    const expected = byFormula(edges, pairs, 3);
    let epochs = 1;
    while (!layout.step()) epochs += 1;
    expect(epochs).toBe(3);
    expect(layout.epoch).toBe(3);
    for (const [index, value] of expected.entries()) {
      // Tables are off by 1e-4, and each move may multiply what is off before it.
      expect(Math.abs((layout.points[index] ?? Number.NaN) - value)).toBeLessThan(5e-3);
    }
  });

  test("leaves points without edges where they are", () => {
    const none = {
      heads: new Int32Array(0),
      tails: new Int32Array(0),
      weights: new Float64Array(0),
    };
    const layout = createLayout(none, Float32Array.of(1, 2), { curve: CURVE, epochs: 3, seed: 1 });
    while (!layout.step());
    expect([...layout.points]).toEqual([1, 2]);
  });

  test("is done without an epoch where none is wanted", () => {
    const none = {
      heads: new Int32Array(0),
      tails: new Int32Array(0),
      weights: new Float64Array(0),
    };
    const layout = createLayout(none, new Float32Array(0), { curve: CURVE, epochs: 0, seed: 1 });
    expect(layout.step()).toBe(true);
  });
});
