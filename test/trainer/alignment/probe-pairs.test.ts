import { describe, expect, test } from "vitest";
import { probePairs } from "../../../trainer/src/alignment/probe-pairs.ts";
import { multiply } from "../../../trainer/src/linear-algebra/products.ts";
import { gaussian } from "../../support/gaussian.ts";

const FROM = { ...gaussian(300, 10, 1), data: Float64Array.from(gaussian(300, 10, 1).data) };
const TO = multiply(FROM, gaussian(10, 8, 2));

/** Rows 0 to 2·count − 1 trade their partners in twos. */
function mixed(count: number) {
  const data = Float64Array.from(TO.data);
  for (let row = 0; row < 2 * count; row += 1) {
    const other = row ^ 1;
    data.set(TO.data.subarray(other * 8, (other + 1) * 8), row * 8);
  }
  return { ...TO, data };
}

describe("probePairs", () => {
  test("finds nothing wrong with right pairs", () => {
    expect(probePairs(FROM, TO, 1)).toMatchObject({ ranked: 300, belowChance: 0, suspects: [] });
  });

  test("finds strangers, and no others", () => {
    const found = probePairs(FROM, mixed(45), 1);
    expect(found.suspects.every((row) => row < 90)).toBe(true);
    expect(Math.abs(found.estimate - 0.3)).toBeLessThan(0.1);
  });

  test("calls noise noise: half of the partners rank below chance", () => {
    const noise = { ...gaussian(300, 8, 9), data: Float64Array.from(gaussian(300, 8, 9).data) };
    expect(Math.abs(probePairs(FROM, noise, 1).belowChance - 0.5)).toBeLessThan(0.1);
  });

  test("leaves out rows that lack a side, and knows nothing of too few", () => {
    const holed = { ...TO, data: TO.data.map((value, i) => (i < 80 ? Number.NaN : value)) };
    expect(probePairs(FROM, holed, 1).ranked).toBe(290);
    const few = { rows: 5, columns: 2, data: new Float64Array(10) };
    expect(probePairs(few, few, 1)).toMatchObject({ ranked: 0, estimate: Number.NaN });
  });
});
