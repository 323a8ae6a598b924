import { describe, expect, test } from "vitest";
import { epochsOf, ranked, rungsOf } from "../../../trainer/src/sweep/rungs.ts";

const pairs = (trials: number, epochs: number, eta: number, least: number) =>
  rungsOf(trials, epochs, { eta, min_epochs: least }).map((rung) => [rung.trials, rung.epochs]);

describe("rungsOf() goes up by eta and keeps the best 1/eta", () => {
  test.each([
    // Li et al. 2018, table 1, bracket s = 3 with R = 27; and its first bracket with R = 81.
    [
      27,
      27,
      3,
      1,
      [
        [27, 1],
        [9, 3],
        [3, 9],
        [1, 27],
      ],
    ],
    [
      81,
      81,
      3,
      1,
      [
        [81, 1],
        [27, 3],
        [9, 9],
        [3, 27],
        [1, 81],
      ],
    ],
    [
      5,
      9,
      2,
      1,
      [
        [5, 1],
        [2, 2],
        [1, 9],
      ],
    ],
    [
      2,
      100,
      3,
      10,
      [
        [2, 10],
        [1, 100],
      ],
    ],
    [
      9,
      10,
      3,
      2,
      [
        [9, 2],
        [3, 6],
        [1, 10],
      ],
    ],
    [1, 4, 3, 1, [[1, 4]]],
  ])("%i trials, %i epochs, eta %i, from %i", (trials, epochs, eta, least, rungs) => {
    expect(pairs(trials, epochs, eta, least)).toEqual(rungs);
  });

  test("without halving all are trained to the end", () => {
    expect(rungsOf(4, 7, undefined)).toEqual([{ trials: 4, epochs: 7 }]);
  });
});

test("epochsOf() counts what is trained beyond the rung below", () => {
  expect(epochsOf(rungsOf(27, 27, { eta: 3, min_epochs: 1 }))).toBe(27 + 9 * 2 + 3 * 6 + 18);
});

test("ranked() puts the best first, no number last, and keeps the order of equals", () => {
  const trials = [Number.NaN, 2, 1, Number.POSITIVE_INFINITY, 1].map((value, index) => ({
    value,
    index,
  }));
  const order = (goal: "minimize" | "maximize") => ranked(trials, goal).map(({ index }) => index);
  expect(order("minimize")).toEqual([2, 4, 1, 0, 3]);
  expect(order("maximize")).toEqual([3, 1, 2, 4, 0]);
});
