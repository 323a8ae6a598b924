import { expect, test } from "vitest";
import { decimate } from "../../core/measures/decimate.ts";
import { movingAverage } from "../../core/measures/moving-average.ts";
import { expectWithin } from "../support/expect-within.ts";
import { gaussian } from "../support/gaussian.ts";
import { describeWithPython, runPython } from "./run-python.ts";

interface Reference {
  readonly averages: readonly (readonly number[])[];
  /** Least and greatest value of each bucket that holds one. */
  readonly extremes: readonly (readonly [number, number])[];
}

const WEIGHTS = [0.3, 0.6, 0.9, 0.99];
const BUCKETS = 37;

describeWithPython("curves beside SciPy and NumPy", () => {
  test("movingAverage() and the extremes that decimate() keeps", () => {
    const values = Float64Array.from(gaussian(3, 5000, 1).data);
    // Uneven places, as seconds are.
    const x = values.map((_, index) => index + 0.9 * Math.sin(index));
    const given = { values: [...values], weights: WEIGHTS, x: [...x], buckets: BUCKETS };
    const reference = runPython("moving_average.py", given) as Reference;
    for (const [index, weight] of WEIGHTS.entries()) {
      const ours = new Float64Array(values.length);
      movingAverage(values, weight, ours);
      const theirs = reference.averages[index] ?? [];
      const error = Math.max(...ours.map((value, at) => Math.abs(value - (theirs[at] ?? 0))));
      expectWithin(error, {
        section: "Curves",
        quantity: `moving average of weight ${weight}`,
        formula: "sᵢ = w·sᵢ₋₁ + (1 − w)·vᵢ, shown as sᵢ / (1 − wⁱ)",
        reference: "SciPy lfilter",
        tolerance: 1e-12,
      });
    }
    const { drawn, last } = decimate(x, values, { start: 0, end: x.length, buckets: BUCKETS });
    const extremes = last.map((end, place) => {
      const first = (last[place - 1] ?? -1) + 1;
      const kept = drawn
        .filter((index) => index >= first && index <= end)
        .map((index) => values[index] ?? Number.NaN);
      return [Math.min(...kept), Math.max(...kept)];
    });
    expect(extremes).toEqual(reference.extremes);
  });
});
