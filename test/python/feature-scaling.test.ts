import { expect, test } from "vitest";
import { applyImputer, fitImputer } from "../../trainer/src/features/imputer.ts";
import { applyScaler, fitScaler } from "../../trainer/src/features/scaler.ts";
import { gaussian } from "../support/gaussian.ts";
import { describeWithPython, runPython } from "./run-python.ts";

interface Answer {
  readonly mean: number[];
  readonly scale: number[];
  readonly scaled: (number | null)[][];
  readonly means: number[][];
  readonly medians: number[][];
}

const ROWS = 81;
const COLUMNS = 5;
const TRAIN = 60;
const noise = gaussian(ROWS, COLUMNS, 3).data;
/** Columns: plain, with gaps, constant, far from 0, of large numbers. */
const data = Float64Array.from(noise, (value, index) => {
  const [row, column] = [Math.floor(index / COLUMNS), index % COLUMNS];
  if (column === 1 && row % 4 === 1) return Number.NaN;
  if (column === 2) return 0.1;
  return column === 3 ? 1e6 + value : column === 4 ? value * 1e9 : value;
});
const matrix = { rows: ROWS, columns: COLUMNS, data };
const train = Int32Array.from({ length: TRAIN }, (_, row) => row);

function expectClose(
  ours: Iterable<number>,
  theirs: readonly (number | null)[],
  tolerance: number,
) {
  for (const [index, value] of [...ours].entries()) {
    const expected = theirs[index];
    if (expected === null) expect(value).toBeNaN();
    else
      expect(Math.abs(value - expected!)).toBeLessThanOrEqual(
        tolerance * Math.max(1, Math.abs(expected!)),
      );
  }
}

describeWithPython(
  "scaling and filling against scikit-learn, within 1e-12 relative to max(1, |x|)",
  () => {
    const rows = Array.from({ length: ROWS }, (_, row) =>
      Array.from(data.subarray(row * COLUMNS, (row + 1) * COLUMNS), (value) =>
        Number.isNaN(value) ? null : value,
      ),
    );
    const answer = runPython("feature_scaling.py", { matrix: rows, train: TRAIN }) as Answer;

    test("fitScaler() and applyScaler() are StandardScaler, constant columns included", () => {
      const scaler = fitScaler(matrix, train);
      expectClose(scaler.mean, answer.mean, 1e-12);
      expectClose(scaler.scale, answer.scale, 1e-12);
      // A value of 1e6 ± 1 loses ten digits before it is scaled, in either library.
      expectClose(applyScaler(scaler, matrix), answer.scaled.flat(), 1e-9);
    });

    test("fitImputer() and applyImputer() are SimpleImputer", () => {
      expectClose(
        applyImputer(fitImputer(matrix, train, "mean"), matrix),
        answer.means.flat(),
        1e-12,
      );
      expectClose(
        applyImputer(fitImputer(matrix, train, "median"), matrix),
        answer.medians.flat(),
        1e-12,
      );
    });
  },
);
