import { describe, expect, test } from "vitest";
import type { Matrix } from "../../../core/measures/matrix.ts";
import { gromovWasserstein } from "../../../trainer/src/alignment/gromov-wasserstein.ts";
import { gaussian } from "../../support/gaussian.ts";

const uniform = (length: number) => new Float64Array(length).fill(1 / length);

function distances(x: Matrix): Matrix {
  const data = Float64Array.from({ length: x.rows ** 2 }, (_, at) => {
    const [i, j] = [Math.floor(at / x.rows), at % x.rows];
    return Math.hypot(
      ...Array.from(
        { length: x.columns },
        (_k, k) => (x.data[i * x.columns + k] ?? 0) - (x.data[j * x.columns + k] ?? 0),
      ),
    );
  });
  return { rows: x.rows, columns: x.rows, data };
}

/** Rows in another order. */
function shuffled(x: Matrix, order: readonly number[]): Matrix {
  return {
    ...x,
    data: Float64Array.from(
      order.flatMap((row) => [...x.data.slice(row * x.columns, (row + 1) * x.columns)]),
    ),
  };
}

describe("gromovWasserstein", () => {
  test("finds the partner of every row from distances alone", () => {
    const points = gaussian(12, 3, 4);
    const order = [5, 2, 9, 0, 11, 7, 1, 10, 3, 8, 6, 4];
    const found = gromovWasserstein(
      distances(points),
      distances(shuffled(points, order)),
      uniform(12),
      uniform(12),
      { epsilon: 0.05 },
    );
    const partners = order.map((_, j) => {
      const column = Array.from({ length: 12 }, (_i, i) => found.plan.data[i * 12 + j] ?? 0);
      return column.indexOf(Math.max(...column));
    });
    expect(partners).toEqual(order);
    expect(found.hasConverged).toBe(true);
    expect(found.distortion).toBeLessThan(0.05);
  });

  test("names the distortion of its plan by the definition", () => {
    const [c1, c2] = [distances(gaussian(5, 2, 1)), distances(gaussian(4, 3, 2))];
    const { plan, distortion } = gromovWasserstein(c1, c2, uniform(5), uniform(4), {
      epsilon: 0.5,
    });
    let sum = 0;
    for (let at = 0; at < 400; at += 1) {
      const [i, j, k, l] = [
        Math.floor(at / 80),
        Math.floor(at / 20) % 4,
        Math.floor(at / 4) % 5,
        at % 4,
      ];
      const gap = (c1.data[i * 5 + k] ?? 0) - (c2.data[j * 4 + l] ?? 0);
      sum += gap ** 2 * (plan.data[i * 4 + j] ?? 0) * (plan.data[k * 4 + l] ?? 0);
    }
    expect(distortion).toBeCloseTo(sum, 9);
  });

  test("stops when it is told to", () => {
    const c = distances(gaussian(5, 2, 1));
    const signal = AbortSignal.abort();
    expect(() =>
      gromovWasserstein(c, c, uniform(5), uniform(5), { epsilon: 0.5, signal }),
    ).toThrow();
  });

  test("refuses distances that are no square", () => {
    expect(() =>
      gromovWasserstein(gaussian(3, 2, 1), gaussian(3, 3, 1), uniform(3), uniform(3), {
        epsilon: 1,
      }),
    ).toThrow("[3, 2]");
  });
});
