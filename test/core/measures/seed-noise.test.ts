import { describe, expect, test } from "vitest";
import { inNoise, seedNoise } from "../../../core/measures/seed-noise.ts";
import { gaussian } from "../../support/gaussian.ts";

describe("seedNoise()", () => {
  test("is the sample standard deviation of one group: numpy.std(ddof=1)", () => {
    expect(seedNoise([[0.38, 0.4, 0.43]])).toEqual({
      deviation: expect.closeTo(0.025166114784235836, 14),
      freedom: 2,
      n: 3,
    });
  });

  test("pools two experiments about their own means", () => {
    // ((1 − 2)² + (3 − 2)² + (10 − 11)² + (11 − 11)² + (12 − 11)²) / (1 + 2)
    expect(
      seedNoise([
        [1, 3],
        [10, 11, 12],
      ]),
    ).toEqual({
      deviation: expect.closeTo(Math.sqrt(4 / 3), 14),
      freedom: 3,
      n: 5,
    });
  });

  test("leaves out groups of one run and values that are not finite", () => {
    const noise = seedNoise([[1, 3, Number.NaN], [7]]);
    expect(noise).toEqual({ deviation: Math.SQRT2, freedom: 1, n: 2 });
  });

  test.each([[[]], [[[1], [2]]], [[[1, Number.NaN]]]])("is unknown for %j", (groups) => {
    expect(seedNoise(groups)).toBeUndefined();
  });
});

describe("inNoise()", () => {
  test("divides by the deviation of a difference", () => {
    const noise = { deviation: 0.01, freedom: 1000, n: 1001 };
    expect(inNoise(0.05, noise)).toEqual({
      units: expect.closeTo(5 / Math.SQRT2, 12),
      threshold: 2,
    });
  });

  test("widens the band where few seeds know the deviation", () => {
    expect(inNoise(1, { deviation: 1, freedom: 4, n: 5 }).threshold).toBeCloseTo(2.776, 3);
    expect(inNoise(1, { deviation: 1, freedom: 1, n: 2 }).threshold).toBeCloseTo(12.706, 3);
  });

  test("takes any difference for more than noise where seeds make none", () => {
    const none = { deviation: 0, freedom: 3, n: 4 };
    expect(inNoise(-1e-9, none).units).toBe(Number.NEGATIVE_INFINITY);
    expect(inNoise(0, none).units).toBe(0);
  });

  test("calls two seeds of one experiment different in at most one of twenty cases", () => {
    const runs = 20_000;
    const { data } = gaussian(runs, 6, 11);
    let beyond = 0;
    for (let run = 0; run < runs; run++) {
      const [a = 0, b = 0, ...others] = data.subarray(6 * run, 6 * run + 6);
      const noise = seedNoise([others]);
      if (noise === undefined) throw new TypeError("four runs have a deviation");
      const { units, threshold } = inNoise(a - b, noise);
      if (Math.abs(units) > threshold) beyond += 1;
    }
    // Four standard errors of a share of 20,000.
    expect(beyond / runs).toBeGreaterThan(0.05 - 0.0062);
    expect(beyond / runs).toBeLessThan(0.05 + 0.0062);
  });
});
