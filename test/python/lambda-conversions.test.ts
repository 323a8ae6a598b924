import { beforeAll, expect, test } from "vitest";
import type { Quantities, Values } from "../../server/src/lambda/convention.ts";
import { convert } from "../../server/src/lambda/convert.ts";
import { findConvention } from "../../server/src/lambda/find-convention.ts";
import { createRandom } from "../../trainer/src/random.ts";
import { describeWithPython, runPython } from "./run-python.ts";

const SAMPLES = 80;
const TRUTH = [1.5, -2, 0, 0.7];
const KNOWN: Quantities = { samples: SAMPLES, batchSize: SAMPLES };

const random = createRandom(23, "lambda-conversions");
const X = Array.from({ length: SAMPLES }, () => TRUTH.map(() => random.normal()));
const Y = X.map((row) =>
  row.reduce((sum, value, j) => sum + value * (TRUTH[j] ?? 0), random.normal()),
);
const LABELS = Y.map((value) => (value > 0 ? 1 : 0));

type Case = readonly [convention: string, values: Values];

/** Estimators that must agree, with the tolerance of the less exact solver. */
const PAIRS: readonly (readonly [from: Case, to: string, tolerance: number])[] = [
  [["sklearn-ridge", { alpha: 40 }], "sklearn-elastic-net", 1e-7],
  [["sklearn-ridge", { alpha: 40 }], "sklearn-mlp-regressor", 1e-4],
  [["sklearn-ridge", { alpha: 40 }], "sklearn-sgd-regressor", 2e-3],
  [["sklearn-lasso", { alpha: 0.3 }], "sklearn-elastic-net", 1e-7],
  [["sklearn-lasso", { alpha: 0.3 }], "sklearn-sgd-regressor", 2e-3],
  [["sklearn-elastic-net", { alpha: 0.3, l1_ratio: 0 }], "sklearn-ridge", 1e-7],
  [["sklearn-elastic-net", { alpha: 0.3, l1_ratio: 0.4 }], "sklearn-sgd-regressor", 2e-3],
  [["sklearn-logistic-regression", { C: 0.1, l1_ratio: 0 }], "sklearn-sgd-logistic", 2e-3],
  [["sklearn-logistic-regression", { C: 0.1, l1_ratio: 0.5 }], "sklearn-sgd-logistic", 2e-3],
  [["sklearn-sgd-logistic", { alpha: 0.1, l1_ratio: 1 }], "sklearn-logistic-regression", 2e-3],
  [["sklearn-svc", { C: 0.05 }], "sklearn-sgd-hinge", 1e-2],
];

function converted([from, values]: Case, to: string): Case {
  const [source, target] = [findConvention(from), findConvention(to)];
  if (source === undefined || target === undefined) throw new RangeError(`No ${from} or ${to}`);
  const conversion = convert(source, values, target, KNOWN);
  if (conversion.kind !== "exact") throw new RangeError(`${from} is not converted to ${to}`);
  return [to, conversion.values];
}

/** Half and double: what a lost factor 2 would give. */
const offBy = ([id, values]: Case, factor: number): Case => [
  id,
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      name === "l1_ratio" ? value : value * factor,
    ]),
  ),
];

const gap = (a: readonly number[] = [], b: readonly number[] = []) =>
  Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? Number.NaN))));

describeWithPython("conversions of λ against scikit-learn", () => {
  let coefficients: readonly (readonly number[])[] = [];
  beforeAll(() => {
    const cases = PAIRS.flatMap(([from, to]) => [from, converted(from, to), offBy(from, 2)]);
    coefficients = runPython("lambda_conversions.py", {
      x: X,
      y: Y,
      labels: LABELS,
      cases,
    }) as typeof coefficients;
  }, 120_000);

  test.each(PAIRS.map(([from, to, tolerance], index) => [from[0], to, tolerance, index] as const))(
    "%s and %s fit the same weights, within %d",
    (_from, _to, tolerance, index) => {
      const [original, same, twice] = coefficients.slice(3 * index, 3 * index + 3);
      expect(gap(original, same)).toBeLessThan(tolerance);
      expect(gap(original, twice)).toBeGreaterThan(4 * tolerance);
    },
  );
});
