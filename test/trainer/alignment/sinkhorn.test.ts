import { describe, expect, test } from "vitest";
import { sinkhorn } from "../../../trainer/src/alignment/sinkhorn.ts";
import { gaussian } from "../../support/gaussian.ts";
import { matrixOf } from "../../support/matrix-of.ts";

const halves = new Float64Array([0.5, 0.5]);

describe("sinkhorn", () => {
  test("equals its closed form for two points each", () => {
    // P = [[p, ½−p], [½−p, p]] with p = ½·σ(c/ε) for costs 0 and c.
    const found = sinkhorn(matrixOf(2, 2, new Float64Array([0, 1, 1, 0])), halves, halves, {
      epsilon: 0.5,
    });
    const p = 0.5 / (1 + Math.exp(-1 / 0.5));
    for (const [at, value] of [p, 0.5 - p, 0.5 - p, p].entries()) {
      expect(found.plan.data[at]).toBeCloseTo(value, 12);
    }
    expect(found.cost).toBeCloseTo(1 - 2 * p, 12);
    expect(found.hasConverged).toBe(true);
  });

  test("spreads evenly when ε is large, and finds the assignment when it is tiny", () => {
    const cost = matrixOf(2, 2, new Float64Array([3, 0, 0, 3]));
    for (const value of sinkhorn(cost, halves, halves, { epsilon: 1e9 }).plan.data) {
      expect(value).toBeCloseTo(0.25, 8);
    }
    const sharp = sinkhorn(cost, halves, halves, { epsilon: 1e-6 });
    expect([...sharp.plan.data]).toEqual([0, 0.5, 0.5, 0]);
  });

  test("keeps both marginals, zero weights among them", () => {
    const a = new Float64Array([0.2, 0, 0.8]);
    const b = new Float64Array([0.1, 0.4, 0, 0.5]);
    const { plan, hasConverged } = sinkhorn({ ...gaussian(3, 4, 1) }, a, b, { epsilon: 0.3 });
    expect(hasConverged).toBe(true);
    for (const [i, weight] of a.entries()) {
      expect(plan.data.slice(i * 4, i * 4 + 4).reduce((sum, v) => sum + v, 0)).toBeCloseTo(
        weight,
        8,
      );
    }
    for (const [j, weight] of b.entries()) {
      expect([0, 1, 2].reduce((sum, i) => sum + (plan.data[i * 4 + j] ?? 0), 0)).toBeCloseTo(
        weight,
        12,
      );
    }
  });

  test("says when it has not converged", () => {
    const found = sinkhorn(
      gaussian(6, 6, 2),
      new Float64Array(6).fill(1 / 6),
      new Float64Array(6).fill(1 / 6),
      {
        epsilon: 0.01,
        maxIterations: 3,
      },
    );
    expect(found).toMatchObject({ iterations: 3, hasConverged: false });
    expect(found.marginalError).toBeGreaterThan(1e-9);
  });

  test.each([
    ["shapes that do not fit", gaussian(2, 3, 1), halves, halves, 1, "costs [2, 3]"],
    [
      "masses that differ",
      gaussian(2, 2, 1),
      halves,
      new Float64Array([1, 1]),
      1,
      "mass of 1 to a mass of 2",
    ],
    ["an ε of 0", gaussian(2, 2, 1), halves, halves, 0, "ε = 0"],
    [
      "a cost that is NaN",
      matrixOf(2, 2, new Float64Array([0, 1, Number.NaN, 0])),
      halves,
      halves,
      1,
      "not finite",
    ],
  ])("refuses %s", (_name, cost, a, b, epsilon, message) => {
    expect(() => sinkhorn(cost, a, b, { epsilon })).toThrow(message);
  });
});
