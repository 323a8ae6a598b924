import { describe, expect, test } from "vitest";
import {
  errorName,
  nearestLambda,
  type PathPoint,
  pathChoice,
  reasonFor,
} from "../../../webview/src/layout/path-choice.ts";

const point = (lambda: number, mean: number, se: number, non_zeros: number): PathPoint => ({
  lambda,
  mean,
  se,
  non_zeros,
});
const PATH = [
  point(1, 9, 1, 0),
  point(0.5, 2.4, 0.3, 5),
  point(0.2, 2.2, 0.25, 8),
  point(0.1, 2, 0.25, 12),
  point(0.05, 2.1, 0.25, 16),
];
const SELECTION = { lambda: 0.2, rule: "one_se", path: PATH };

describe("pathChoice", () => {
  test("finds the least mean and the largest λ within one standard error of it", () => {
    expect(pathChoice(SELECTION)).toMatchObject({ chosen: 2, least: 3, oneSe: 2, rule: "one_se" });
  });

  test("knows no such λ where the path has no standard errors", () => {
    const path = PATH.map((one) => ({ ...one, se: 0 }));
    expect(pathChoice({ ...SELECTION, path })?.oneSe).toBeUndefined();
  });

  test("is nothing without a path", () => {
    expect(pathChoice({ lambda: 3, rule: "evidence", path: [] })).toBeUndefined();
  });
});

describe("reasonFor", () => {
  const choice = pathChoice(SELECTION);
  test.each([
    [
      2,
      "The largest λ whose error is within one standard error of the least: 4 fewer weights for +0.200.",
    ],
    [3, "The least mean error; λ = 0.200 is within its standard error, with 4 fewer weights."],
    [4, "Its error is 0.100, 0.400 standard errors, above the least: 4 more weights for +0.100."],
    [0, "Its error is 7.00, 28.0 standard errors, above the least: 12 fewer weights for +7.00."],
  ])("of λ number %i", (index, sentence) => {
    if (choice === undefined) throw new TypeError("the path is not empty");
    expect(reasonFor(choice, index)).toBe(sentence);
  });
});

test("nearestLambda() finds a λ of another path", () => {
  expect(nearestLambda(PATH, 0.11)).toBe(3);
  expect(nearestLambda(PATH, 100)).toBe(0);
});

test.each([
  ["one_se", "mean error on held-out rows"],
  ["gcv", "generalised cross-validation"],
  ["loo", "leave-one-out error"],
])("errors of %s are named", (rule, name) => expect(errorName(rule)).toBe(name));
