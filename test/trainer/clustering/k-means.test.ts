import { describe, expect, test } from "vitest";
import { lloyd, seedCentres } from "../../../trainer/src/clustering/k-means.ts";
import type { Dense } from "../../../trainer/src/linear-algebra/products.ts";
import { createRandom } from "../../../trainer/src/random.ts";
import { gaussian } from "../../support/gaussian.ts";

const dense = (columns: number, ...values: readonly number[]): Dense => ({
  rows: values.length / columns,
  columns,
  data: Float64Array.from(values),
});
const LINE = dense(1, 0, 1, 2, 10, 11, 12, 100);

/** Three clouds of forty points, far from each other. */
function clouds(): Dense {
  const noise = gaussian(120, 2, 3).data;
  const data = Float64Array.from(noise, (value, index) => value + 20 * (Math.floor(index / 2) % 3));
  return { rows: 120, columns: 2, data };
}

describe("lloyd", () => {
  test("ends where centres are the means of their rows and rows are at their nearest centre", () => {
    const found = lloyd(LINE, dense(1, 0, 3, 50), { maxIterations: 50 });
    expect([...found.centres.data]).toEqual([1, 11, 100]);
    expect([...found.assignment]).toEqual([0, 0, 0, 1, 1, 1, 2]);
    expect(found).toMatchObject({ inertia: 4, hasConverged: true });
  });

  test("never raises the inertia", () => {
    const rows = clouds();
    const start = seedCentres(rows, 5, createRandom(1, "start"));
    const by = [0, 1, 2, 3, 5, 50].map(
      (maxIterations) => lloyd(rows, start, { maxIterations }).inertia,
    );
    expect(by).toEqual(by.toSorted((a, b) => b - a));
    expect(lloyd(rows, start, { maxIterations: 1 }).hasConverged).toBe(false);
  });

  test("gives a centre without rows the farthest row", () => {
    const found = lloyd(LINE, dense(1, 5, -1000, 7), { maxIterations: 50 });
    const sizes = [0, 1, 2].map(
      (cluster) => found.assignment.filter((own) => own === cluster).length,
    );
    expect(Math.min(...sizes)).toBeGreaterThan(0);
    expect(found.centres.data).toContain(100);
  });

  test.each([
    [
      "no rows",
      { rows: 0, columns: 1, data: new Float64Array(0) },
      dense(1, 1),
      "among rows [0, 1]",
    ],
    ["other widths", LINE, dense(2, 1, 1), "centres [1, 2]"],
    ["NaN", dense(1, 1, Number.NaN), dense(1, 1), "not finite"],
  ])("refuses %s", (_name, rows, centres, message) => {
    expect(() => lloyd(rows, centres, { maxIterations: 5 })).toThrow(message);
  });
});

describe("seedCentres", () => {
  test("draws rows, equal ones for equal seeds, and far ones first", () => {
    const rows = clouds();
    const seeds = Array.from({ length: 20 }, (_, seed) =>
      seedCentres(rows, 3, createRandom(seed, "start")),
    );
    const again = seedCentres(rows, 3, createRandom(4, "start"));
    expect(again.data).toEqual(seeds[4]?.data);
    // Uniform draws would meet all three clouds in two of nine cases.
    const met = seeds.filter(
      (centres) =>
        new Set([0, 1, 2].map((i) => Math.round((centres.data[2 * i] ?? 0) / 20))).size === 3,
    );
    expect(met.length).toBeGreaterThan(17);
  });

  test("takes what there is where rows repeat", () => {
    expect([...seedCentres(dense(1, 5, 5, 5), 2, createRandom(1, "x")).data]).toEqual([5, 5]);
  });

  test.each([0, 4, 1.5])("refuses %d clusters of 3 rows", (clusters) => {
    expect(() => seedCentres(dense(1, 1, 2, 3), clusters, createRandom(1, "x"))).toThrow(
      `${clusters} clusters of 3 rows`,
    );
  });
});
