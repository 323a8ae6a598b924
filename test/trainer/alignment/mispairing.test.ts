import { describe, expect, test } from "vitest";
import { mispairing } from "../../../trainer/src/alignment/mispairing.ts";
import { createRandom } from "../../../trainer/src/random.ts";

const among = (count: number, rows: number) => new Int32Array(rows).fill(count);

describe("mispairing", () => {
  test("finds nothing where every partner is found first", () => {
    expect(mispairing(new Float64Array([1, 1, 2]), among(10, 3))).toEqual({
      ranked: 3,
      belowChance: 0,
      estimate: 0,
      suspects: [],
    });
  });

  test("estimates the share of strangers, whose ranks are uniform", () => {
    const random = createRandom(3, "mispairing");
    const rows = 4000;
    const ranks = Float64Array.from({ length: rows }, (_, row) =>
      row < 0.3 * rows ? 1 + random.integer(200) : 1 + random.integer(5),
    );
    const found = mispairing(ranks, among(200, rows));
    // Standard deviation of the estimate: 2·√(0.15·0.85/4000) = 0.011.
    expect(Math.abs(found.estimate - 0.3)).toBeLessThan(0.04);
    expect(found.suspects.every((row) => row < 0.3 * rows)).toBe(true);
  });

  test("leaves out rows that were not ranked, and knows nothing of none", () => {
    const some = mispairing(new Float64Array([Number.NaN, 9, 1]), among(10, 3));
    expect(some).toMatchObject({ ranked: 2, belowChance: 0.5, estimate: 1, suspects: [1] });
    expect(mispairing(new Float64Array([Number.NaN]), among(10, 1)).belowChance).toBeNaN();
  });
});
