import { describe, expect, test } from "vitest";
import type { SweepRecord, SweepTrial } from "../../../core/protocol/run-files.ts";
import { trialPlots, trialTable, variedKeys } from "../../../webview/src/layout/sweep-trials.ts";

const trial = (number: number, changes: Partial<SweepTrial> = {}): SweepTrial => ({
  number,
  run: `t${number}`,
  set: [`lambda=1e-${number}`, `opt=${number % 2 === 0 ? "adam" : "sgd"}`, "seed=7"],
  epochs: 1,
  value: number,
  status: "eliminated",
  ...changes,
});
const SWEEP: SweepRecord = {
  metric: "validation/data_loss",
  goal: "minimize",
  rungs: [1, 4],
  trials: [
    trial(1),
    trial(2, { epochs: 4, value: 0.5, status: "finished" }),
    trial(3, { value: "NaN", status: "failed" }),
    trial(4, { epochs: 4, value: 0.25, status: "finished" }),
  ],
  best: 4,
};

describe("trialPlots()", () => {
  test("has a plot for each key that varies, numbers on a log axis where they span it", () => {
    expect(variedKeys(SWEEP)).toEqual(["lambda", "opt"]);
    const [lambda, opt] = trialPlots(SWEEP);
    expect(lambda).toMatchObject({ key: "lambda", isLog: true, names: [] });
    expect(lambda?.points.map(({ x, y, depth, isBest }) => [x, y, depth, isBest])).toEqual([
      [0.1, 1, 0.25, false],
      [0.01, 0.5, 1, false],
      [1e-4, 0.25, 1, true],
    ]);
    expect(opt).toMatchObject({ isLog: false, names: ["sgd", "adam"] });
    expect(opt?.points.map(({ x }) => x)).toEqual([0, 1, 1]);
  });

  test("leaves out trials that lack a key", () => {
    const trials = [trial(1), trial(2), trial(3, { set: [], value: 3 })];
    expect(trialPlots({ ...SWEEP, trials })[0]?.points).toHaveLength(2);
  });
});

describe("trialTable()", () => {
  test("names the best first among those that came farthest", () => {
    const table = trialTable(SWEEP);
    expect(table.columns).toEqual([
      "Trial",
      "lambda",
      "opt",
      "Epochs",
      "data loss on validation data",
      "Status",
    ]);
    expect(
      table.rows.map(([number, , , epochs, value, status]) => [number, epochs, value, status]),
    ).toEqual([
      ["4 ★", "4", "0.250", "best"],
      ["2", "4", "0.500", "finished"],
      ["1", "1", "1.000", "eliminated"],
      ["3", "1", "NaN", "failed"],
    ]);
    expect(table.copy().split("\n")[1]).toBe("4\t1e-4\tadam\t4\t0.25\tbest");
  });

  test("takes the largest value as the best where that is the goal", () => {
    const { rows } = trialTable({ ...SWEEP, goal: "maximize" });
    expect(rows.map(([number]) => number)).toEqual(["2", "4 ★", "1", "3"]);
  });
});
