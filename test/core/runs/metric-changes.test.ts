import { describe, expect, test } from "vitest";
import { type MeasuredRun, metricChanges } from "../../../core/runs/metric-changes.ts";

const run = (changes: Partial<MeasuredRun>): MeasuredRun => ({
  values: {},
  seeds: [],
  objective: "mean cross-entropy",
  identity: "a",
  ...changes,
});

const losses = (...values: readonly number[]) => values.map((loss) => ({ "test/data_loss": loss }));

describe("metricChanges()", () => {
  test("compares what both runs measured on a part of the data", () => {
    const values = { "train/learning_rate": 1, "weights/fc/l1": 3, "data/missing/image": 0 };
    const own = run({ values: { ...values, "train/loss": 1, "test/r2": 0.5, "test/f1": 1 } });
    const other = run({ values: { ...values, "test/r2": 0.25, "train/loss": 2 } });
    expect(metricChanges(own, other).map(({ name }) => name)).toEqual(["train/loss", "test/r2"]);
  });

  test("turns better to the right, whatever the goal", () => {
    const seeds = [1, 2, 3].map((seed) => ({
      "test/data_loss": seed / 100,
      "test/r2": seed / 100,
    }));
    const own = run({ values: { "test/data_loss": 0.2, "test/r2": 0.2 }, seeds });
    const other = run({ values: { "test/data_loss": 0.9, "test/r2": 0.9 }, identity: "b" });
    const [loss, r2] = metricChanges(own, other);
    expect(loss?.noise).toMatchObject({
      units: expect.closeTo(0.7 / (0.01 * Math.SQRT2), 10),
      verdict: "better",
    });
    expect(r2?.noise).toMatchObject({
      units: expect.closeTo(-0.7 / (0.01 * Math.SQRT2), 10),
      verdict: "worse",
    });
  });

  test("counts the seeds of one experiment once", () => {
    const seeds = losses(1, 2, 3);
    const own = run({ values: { "test/data_loss": 1 }, seeds });
    const other = run({ values: { "test/data_loss": 2 }, seeds });
    expect(metricChanges(own, other)[0]?.noise).toMatchObject({ n: 3, deviation: 1 });
  });

  test.each([
    ["a difference where seeds make none", 1.001, "worse"],
    ["no difference where seeds make none", 1, "within noise"],
  ])("judges %s", (_what, loss, verdict) => {
    const own = run({ values: { "test/data_loss": loss }, seeds: losses(1, 1) });
    const other = run({ values: { "test/data_loss": 1 }, identity: "b" });
    const [change] = metricChanges(own, other);
    expect(change?.noise?.verdict).toBe(verdict);
    expect(change?.noise?.units).toBe(loss === 1 ? 0 : undefined);
  });

  test("does not compare what holds the penalty where the objectives differ", () => {
    const values = { "test/loss": 1, "test/penalty": 1, "test/data_loss": 1, "test/pairs/a_b": 7 };
    const seeds = [0, 1].map((seed) => ({
      "test/loss": seed,
      "test/penalty": seed,
      "test/data_loss": seed,
      "test/pairs/a_b": seed,
    }));
    const own = run({ values, seeds });
    const other = run({
      values: { "test/loss": 90, "test/penalty": 90, "test/data_loss": 90, "test/pairs/a_b": 90 },
      objective: "mean cross-entropy + ‖w‖₁",
      identity: "b",
    });
    expect(metricChanges(own, other).map(({ noise }) => noise?.verdict)).toEqual([
      "other objective",
      "other objective",
      "better",
      "different",
    ]);
  });

  test.each(["NaN", "Infinity"] as const)("gives no verdict on %s", (value) => {
    const own = run({ values: { "test/data_loss": value }, seeds: losses(1, 2) });
    const other = run({ values: { "test/data_loss": 1 }, identity: "b" });
    expect(metricChanges(own, other)[0]?.noise).toBeUndefined();
  });
});
