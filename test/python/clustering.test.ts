import { expect, test } from "vitest";
import { adjustedRand } from "../../core/measures/adjusted-rand.ts";
import { lloyd, seedCentres } from "../../trainer/src/clustering/k-means.ts";
import type { Dense } from "../../trainer/src/linear-algebra/products.ts";
import { createRandom } from "../../trainer/src/random.ts";
import { expectWithin } from "../support/expect-within.ts";
import { gaussian } from "../support/gaussian.ts";
import { distance } from "../support/tensor-values.ts";
import { describeWithPython, runPython } from "./run-python.ts";

const listed = ({ rows, columns, data }: Dense) =>
  Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);

describeWithPython("k-means against scikit-learn", () => {
  test.each([
    ["clouds that overlap", 200, 3, 5, 1.5],
    ["no structure at all", 150, 8, 12, 0],
  ])(
    "ends at the same centres from the same start, within 1e-12: %s",
    (name, count, columns, clusters, spread) => {
      const noise = gaussian(count, columns, 4).data;
      const labels = Int32Array.from({ length: count }, (_, row) => row % 4);
      const data = Float64Array.from(
        noise,
        (value, i) => value + spread * (labels[Math.floor(i / columns)] ?? 0),
      );
      const rows = { rows: count, columns, data };
      const start = seedCentres(rows, clusters, createRandom(2, "start"));
      const ours = lloyd(rows, start, { maxIterations: 500 });
      const theirs = runPython("clustering.py", {
        rows: listed(rows),
        start: listed(start),
        labels: [...labels],
      }) as {
        centres: number[];
        assignment: number[];
        inertia: number;
        rand: number;
      };
      expect([...ours.assignment]).toEqual(theirs.assignment);
      expectWithin(distance([...ours.centres.data], theirs.centres), {
        section: "Multimodal",
        quantity: `k-means centres: ${name}`,
        formula: "Lloyd's iteration to its end",
        reference: "scikit-learn KMeans, same start, tol 0",
        tolerance: 1e-12,
      });
      expect(Math.abs(ours.inertia / theirs.inertia - 1)).toBeLessThan(1e-12);
      expect(Math.abs(adjustedRand(ours.assignment, labels) - theirs.rand)).toBeLessThan(1e-12);
    },
  );
});
