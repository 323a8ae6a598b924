import { describe, expect, test } from "vitest";
import type { Sweep, SweptKey } from "../../../core/experiment/experiment.ts";
import { trialSettings } from "../../../trainer/src/sweep/trial-settings.ts";

const key = (name: string, rest: Partial<SweptKey>): SweptKey => ({
  key: name,
  scale: "linear",
  count: 5,
  integer: false,
  ...rest,
});
const sweep = (vary: readonly SweptKey[], rest: Partial<Sweep> = {}): Sweep => ({
  vary,
  search: "grid",
  metric: "validation/data_loss",
  goal: "minimize",
  ...rest,
});

describe("trialSettings()", () => {
  test("a grid has all combinations, the last key fastest", () => {
    const settings = trialSettings(
      sweep([
        key("model.hidden", { values: [[8], [16, 8]] }),
        key("penalty.0.lambda", { low: 1e-4, high: 1e-2, scale: "log", count: 3 }),
      ]),
    );
    expect(settings).toEqual([
      ["model.hidden=[8]", "penalty.0.lambda=0.0001"],
      ["model.hidden=[8]", "penalty.0.lambda=0.001"],
      ["model.hidden=[8]", "penalty.0.lambda=0.01"],
      ["model.hidden=[16,8]", "penalty.0.lambda=0.0001"],
      ["model.hidden=[16,8]", "penalty.0.lambda=0.001"],
      ["model.hidden=[16,8]", "penalty.0.lambda=0.01"],
    ]);
  });

  test("whole numbers of a range come once each", () => {
    const range = { low: 1, high: 3, count: 9, integer: true };
    expect(trialSettings(sweep([key("data.seed", range)]))).toEqual([
      ["data.seed=1"],
      ["data.seed=2"],
      ["data.seed=3"],
    ]);
  });

  test("a random search is drawn evenly, in the logarithm where it says so", () => {
    const settings = trialSettings(
      sweep(
        [
          key("a", { low: 1e-6, high: 1e-2, scale: "log" }),
          key("b", { low: -1, high: 3 }),
          key("c", { values: ["x", "y"] }),
        ],
        { search: "random", trials: 2000, seed: 3 },
      ),
    );
    const column = (index: number) =>
      settings.map((set) => JSON.parse(set[index]?.split("=")[1] ?? "") as number);
    const below = (values: readonly number[], bound: number) =>
      values.filter((value) => value < bound).length / values.length;
    // Three standard deviations of a share of ½ or ¼ among 2000 are less than 0.034.
    expect(Math.abs(below(column(0), 1e-4) - 0.5)).toBeLessThan(0.034);
    expect(Math.abs(below(column(0), 1e-5) - 0.25)).toBeLessThan(0.034);
    expect(Math.abs(below(column(1), 1) - 0.5)).toBeLessThan(0.034);
    expect(Math.min(...column(0))).toBeGreaterThanOrEqual(1e-6);
    expect(Math.max(...column(1))).toBeLessThanOrEqual(3);
    const share = settings.filter(([, , c]) => c === 'c="x"').length / 2000;
    expect(Math.abs(share - 0.5)).toBeLessThan(0.034);
  });

  test("a longer search begins as a shorter one, and a key's draws are its own", () => {
    const a = key("a", { low: 0, high: 1 });
    const b = key("b", { low: 0, high: 1 });
    const drawn = (vary: readonly SweptKey[], trials: number, seed: number) =>
      trialSettings(sweep(vary, { search: "random", trials, seed }));
    expect(drawn([a, b], 9, 1).slice(0, 4)).toEqual(drawn([a, b], 4, 1));
    expect(drawn([b, a], 4, 1).map(([, one]) => one)).toEqual(drawn([a], 4, 1).flat());
    expect(drawn([a], 4, 2)).not.toEqual(drawn([a], 4, 1));
  });
});
