import { describe, expect, test } from "vitest";
import { regressionMetrics } from "../../trainer/src/regression-metrics.ts";

const all = (rows: number) => Int32Array.from({ length: rows }, (_, row) => row);
const there = (rows: number) => new Uint8Array(rows).fill(1);

describe("regressionMetrics()", () => {
  test("gives scikit-learn's example of r2_score", () => {
    // https://scikit-learn.org/stable/modules/generated/sklearn.metrics.r2_score.html
    const output = Float32Array.of(2.5, 0, 2, 8);
    const targets = { names: ["y"], data: Float64Array.of(3, -0.5, 2, 7) };
    const metrics = regressionMetrics([{ output, present: there(4) }], targets, all(4));
    expect(metrics["r2"]).toBeCloseTo(0.9486081370449679, 12);
    expect(metrics["rmse"]).toBeCloseTo(Math.sqrt(0.375), 12);
    expect(Object.keys(metrics)).toEqual(["rmse", "r2"]);
  });

  test("averages over several targets, as scikit-learn's uniform average", () => {
    const output = Float32Array.of(0, 2, -1, 2, 8, -5);
    const targets = { names: ["a", "b"], data: Float64Array.of(0.5, 1, -1, 1, 7, -6) };
    const metrics = regressionMetrics([{ output, present: there(3) }], targets, all(3));
    expect(metrics["r2"]).toBeCloseTo(0.9368005266622779, 12);
    expect(metrics["rmse"]).toBeCloseTo((Math.sqrt(1.25 / 3) + 1) / 2, 12);
    expect(metrics["rmse/b"]).toBeCloseTo(1, 12);
  });

  test("takes the mean over the modalities a row has, and leaves out rows without any", () => {
    const modalities = [
      { output: Float32Array.of(1, 9, 5), present: Uint8Array.of(1, 0, 0) },
      { output: Float32Array.of(3, 4, 7), present: Uint8Array.of(1, 1, 0) },
    ];
    const targets = { names: ["y"], data: Float64Array.of(0, 2, 4, 100) };
    const metrics = regressionMetrics(modalities, targets, Int32Array.of(1, 2, 3));
    expect(metrics["rmse"]).toBeCloseTo(0, 12);
    expect(metrics["r2"]).toBeCloseTo(1, 12);
  });

  test.each([
    ["no row", 0, [], Number.NaN, Number.NaN],
    ["a constant target, met", 2, [3, 3], 0, 1],
    ["a constant target, missed", 2, [3, 4], Math.sqrt(0.5), 0],
  ])("of %s", (_name, rows, predicted, rmse, r2) => {
    const output = Float32Array.from(predicted);
    const targets = { names: ["y"], data: Float64Array.of(3, 3) };
    const metrics = regressionMetrics([{ output, present: there(rows) }], targets, all(rows));
    expect(metrics).toEqual({ rmse, r2 });
  });
});
