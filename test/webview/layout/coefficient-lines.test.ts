import { describe, expect, test } from "vitest";
import type { CoefficientPaths } from "../../../core/protocol/panel/path.ts";
import { coefficientLabels } from "../../../webview/src/layout/coefficient-labels.ts";
import { coefficientLines, lambdaIndex } from "../../../webview/src/layout/coefficient-lines.ts";
import { coefficientTable, featureCount } from "../../../webview/src/layout/coefficient-table.ts";
import { droppedText, keptFeatures, keptText } from "../../../webview/src/layout/kept-features.ts";

/** Eight features over three λ; the seventh and eighth are largest in the middle. */
const SIZES = [
  [0, 4, 9],
  [0, -3, -8],
  [0, 2, 7],
  [0, 1, 6],
  [0, 0, 5],
  [0, 0, 4],
  [0, 5, 3],
  [0, -6, 2],
];
const PATHS: CoefficientPaths = {
  lambdas: Float64Array.of(1, 0.1, 0.01),
  features: [..."abcdefgh"],
  featuresTotal: 20,
  outputs: 1,
  coefficients: Float64Array.from(SIZES.flat(), (size) => size / 2),
  sizes: Float64Array.from(SIZES.flat()),
  isStandardized: true,
  kept: Float64Array.of(0, 6, 20),
};
const colorsAt = (index: number) =>
  coefficientLines(PATHS, index).map(({ color }) => color.replace("muted", "-"));

describe("coefficientLines", () => {
  test("colours the six that are largest at the handle", () => {
    expect(colorsAt(2)).toEqual(["s1", "s2", "s3", "s4", "s5", "s6", "-", "-"]);
  });

  test("leaves a feature its colour where the handle moves on", () => {
    expect(colorsAt(1)).toEqual(["s1", "s2", "s3", "s4", "-", "-", "s5", "s6"]);
  });

  test("colours those that grow largest where all are zero", () => {
    expect(colorsAt(0)).toEqual(["s1", "s2", "s3", "s4", "s5", "s6", "-", "-"]);
  });
});

test("lambdaIndex() finds the λ of the handle", () => {
  expect(lambdaIndex(PATHS, 0.1000001)).toBe(1);
});

describe("coefficientTable", () => {
  const table = coefficientTable("Coefficients", PATHS, coefficientLines(PATHS, 1), 1);
  test("says where a feature comes in", () => {
    expect(table.columns).toEqual(["Feature", "At λ = 0.100", "At λ = 0.0100", "Comes in at λ"]);
    expect(table.rows[1]).toEqual(["b", "−3.00", "−8.00", "0.100"]);
    expect(table.rows[4]).toEqual(["e", "0", "5.00", "0.0100"]);
    expect(table.note).toBe("the 8 largest of 20 features");
    expect(featureCount({ ...PATHS, featuresTotal: 8 })).toBe("8 features");
  });

  test("copies all λ", () => {
    expect(table.copy().split("\n")[2]).toBe("0.1\t4\t-3\t2\t1\t0\t0\t5\t-6");
  });
});

describe("keptFeatures", () => {
  const lines = coefficientLines(PATHS, 1);
  const kept = keptFeatures(lines, 1);
  test("lists what is not zero, largest first, and copies both units", () => {
    expect(kept.map(({ feature }) => feature)).toEqual(["h", "g", "a", "b", "c", "d"]);
    expect(keptText(kept, "standardised coefficient").split("\n").slice(0, 2)).toEqual([
      "feature\tstandardised coefficient\tcoefficient",
      "h\t-6\t-3",
    ]);
  });

  test("names what is dropped and counts those that are not drawn", () => {
    expect(droppedText(PATHS, lines, 1)).toBe("Dropped: e, f and 12 more");
    expect(droppedText(PATHS, lines, 2)).toBe("");
  });
});

describe("coefficientLabels", () => {
  const lines = coefficientLines(PATHS, 2);
  const toY = (value: number) => 100 - 10 * value;
  test("stand apart, the coloured ones always", () => {
    const labels = coefficientLabels(lines, toY, [0, 200]);
    expect(labels.map(({ name }) => name)).toEqual([..."abcdefgh"]);
    const places = labels.map(({ y }) => y).sort((a, b) => a - b);
    for (const [index, y] of places.entries()) {
      expect(y - (places[index - 1] ?? Number.NEGATIVE_INFINITY)).toBeGreaterThan(13.99);
    }
  });

  test("are fewer where there is no room for all", () => {
    const labels = coefficientLabels(lines, toY, [0, 100]);
    expect(labels.map(({ name }) => name)).toEqual([..."abcdefg"]);
  });
});
