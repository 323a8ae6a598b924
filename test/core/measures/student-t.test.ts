import { describe, expect, test } from "vitest";
import { studentT } from "../../../core/measures/student-t.ts";
import { expectWithin } from "../../support/expect-within.ts";

/** Share, degrees of freedom, SciPy 1.17's `stats.t.ppf((1 + share) / 2, freedom)`. */
const SCIPY = [
  [0.95, 1, 12.706204736174694],
  [0.95, 2, 4.302652729749462],
  [0.95, 3, 3.1824463052837078],
  [0.95, 4, 2.7764451051977934],
  [0.95, 8, 2.306004135204166],
  [0.95, 30, 2.0422724563012378],
  [0.95, 1000, 1.9623390808264083],
] as const;

describe("studentT()", () => {
  test("equals SciPy", () => {
    const errors = SCIPY.map(([share, freedom, expected]) =>
      Math.abs(studentT(share, freedom) / expected - 1),
    );
    expectWithin(Math.max(...errors), {
      section: "Measures",
      quantity: "Student's t, two-sided quantile, relative",
      formula: "t with P(|T| ≤ t) = share, by the incomplete beta function",
      reference: "SciPy stats.t.ppf, 7 degrees of freedom from 1 to 1000",
      tolerance: 1e-10,
    });
  });

  test("one degree of freedom is Cauchy's distribution: tan(π·share/2)", () => {
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      const expected = Math.tan((Math.PI * share) / 2);
      expect(studentT(share, 1) / expected).toBeCloseTo(1, 10);
    }
  });

  test.each([
    [0, 4],
    [1, 4],
    [Number.NaN, 4],
    [0.95, 0],
  ])("refuses share %f with %f degrees", (share, freedom) => {
    expect(() => studentT(share, freedom)).toThrow(RangeError);
  });
});
