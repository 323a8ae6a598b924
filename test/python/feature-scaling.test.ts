import { test } from "vitest";
import { applyImputer, fitImputer } from "../../trainer/src/features/imputer.ts";
import { applyScaler, fitScaler } from "../../trainer/src/features/scaler.ts";
import { expectWithin, type NumericRow } from "../support/expect-within.ts";
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

/** Largest |ours − theirs| / max(1, |theirs|); where theirs is missing, ours has to be. */
function relativeError(ours: Iterable<number>, theirs: readonly (number | null)[]): number {
  return Math.max(
    ...Array.from(ours, (value, index) => {
      const expected = theirs[index];
      if (expected === null) return Number.isNaN(value) ? 0 : Number.POSITIVE_INFINITY;
      return Math.abs(value - expected!) / Math.max(1, Math.abs(expected!));
    }),
  );
}

const rowOf = (quantity: string, formula: string, reference: string): NumericRow => ({
  section: "Features",
  quantity: `${quantity}, relative to max(1, |x|)`,
  formula,
  reference: `scikit-learn ${reference}`,
  tolerance: 1e-12,
});

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
      const row = rowOf(
        "mean and deviation",
        "x̄, σ² = Σ(x − x̄)²/m, constant columns 1",
        "StandardScaler",
      );
      expectWithin(
        Math.max(
          relativeError(scaler.mean, answer.mean),
          relativeError(scaler.scale, answer.scale),
        ),
        row,
      );
      // A value of 1e6 ± 1 loses ten digits before it is scaled, in either library.
      expectWithin(relativeError(applyScaler(scaler, matrix), answer.scaled.flat()), {
        ...rowOf("standardized values", "(x − x̄)/σ, at |x̄|/σ up to 1e6", "StandardScaler"),
        tolerance: 1e-9,
      });
    });

    test.each(["mean", "median"] as const)("fitImputer() is SimpleImputer: %s", (statistic) => {
      const filled = applyImputer(fitImputer(matrix, train, statistic), matrix);
      const theirs = statistic === "mean" ? answer.means : answer.medians;
      expectWithin(
        relativeError(filled, theirs.flat()),
        rowOf(
          `${statistic} in place of what is missing`,
          "of the training part's values",
          "SimpleImputer",
        ),
      );
    });
  },
);
