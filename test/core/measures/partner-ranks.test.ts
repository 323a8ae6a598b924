import { describe, expect, test } from "vitest";
import { type Matrix, rowDot } from "../../../core/measures/matrix.ts";
import { partnerRanks } from "../../../core/measures/partner-ranks.ts";
import { unitRows } from "../../../core/measures/unit-rows.ts";
import { gaussian } from "../../support/gaussian.ts";
import { matrixOf } from "../../support/matrix-of.ts";

/** The definition, every product in binary64. */
function byDefinition(x: Matrix, z: Matrix): number[] {
  return Array.from({ length: x.rows }, (_, i) => {
    const own = rowDot(x, i, z, i);
    let rank = 1;
    for (let j = 0; j < z.rows; j += 1) {
      const product = rowDot(x, i, z, j);
      if (j !== i && product >= own) rank += product > own ? 1 : 0.5;
    }
    return rank;
  });
}

/** Partners with noise, both moved by `shift` before they are scaled to length 1. */
function pairs(n: number, d: number, shift: number): readonly [Matrix, Matrix] {
  const [x, noise] = [gaussian(n, d, 1), gaussian(n, d, 2)];
  const near = x.data.map((value, index) => value + 2 * (noise.data[index] ?? 0) + shift);
  return [
    unitRows({ ...x, data: x.data.map((value) => value + shift) }),
    unitRows({ ...x, data: near }),
  ];
}

describe("partnerRanks", () => {
  test.each([
    ["unrelated directions", pairs(203, 17, 0)],
    ["one column more than a pair", pairs(40, 3, 0)],
    ["rows that have all but collapsed", pairs(150, 64, 1e4)],
    ["rows that differ by rounding alone", pairs(60, 32, 1e13)],
  ])("are those of the definition, both ways: %s", (_name, [x, z]) => {
    const [there, back] = partnerRanks(x, z);
    expect([...there]).toEqual(byDefinition(x, z));
    expect([...back]).toEqual(byDefinition(z, x));
    expect([...there]).not.toEqual([...back]);
  });

  test("count ties by half, within many equal rows", () => {
    const x = matrixOf(5, 2, Float64Array.of(1, 0, 1, 0, 0, 1, 1, 0, 0, 1));
    const [there, back] = partnerRanks(x, x);
    expect([...there]).toEqual([2, 2, 1.5, 2, 1.5]);
    expect([...back]).toEqual([...there]);
  });

  test("decide near ties that rounding to 16 bits would miss", () => {
    // The partner of the first row is nearer than the second target by 1e-9 only.
    const angle = (radians: number) => [Math.cos(radians), Math.sin(radians)];
    const x = matrixOf(2, 2, Float64Array.from([...angle(0), ...angle(2)]));
    const z = matrixOf(2, 2, Float64Array.from([...angle(0.5), ...angle(0.5 + 1e-9)]));
    expect(partnerRanks(x, z)[0][0]).toBe(1);
    const swapped = matrixOf(2, 2, Float64Array.from([...angle(0.5 + 1e-9), ...angle(0.5)]));
    expect(partnerRanks(x, swapped)[0][0]).toBe(2);
  });

  test("of nothing are none", () => {
    const none = matrixOf(0, 4, new Float64Array(0));
    expect(partnerRanks(none, none)).toEqual([new Float64Array(0), new Float64Array(0)]);
  });
});
