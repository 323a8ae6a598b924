import { describe, expect, test } from "vitest";
import { createRandom, xoshiro128 } from "../../trainer/src/random.ts";

describe("xoshiro128", () => {
  test("repeats the authors' C code from the state 1, 2, 3, 4", () => {
    const next = xoshiro128([1, 2, 3, 4]);
    const first = Array.from({ length: 6 }, () => next());
    expect(first).toEqual(reference([1n, 2n, 3n, 4n], 6));
    expect(first.slice(0, 2)).toEqual([11520, 0]);
  });
});

describe("createRandom", () => {
  test("gives the same stream for the same seed and name, and another for any other", () => {
    const stream = (seed: number, name: string) => {
      const random = createRandom(seed, name);
      return Array.from({ length: 4 }, () => random.bits());
    };
    expect(stream(7, "a")).toEqual(stream(7, "a"));
    expect(stream(7, "a")).not.toEqual(stream(8, "a"));
    expect(stream(7, "a")).not.toEqual(stream(7, "b"));
  });

  test("draws uniform and normal numbers with the moments they must have", () => {
    const random = createRandom(3, "moments");
    const uniform = Array.from({ length: 20_000 }, () => random.uniform());
    const normal = Array.from({ length: 20_000 }, () => random.normal());
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    // Four standard errors of each mean.
    expect(Math.abs(mean(uniform) - 1 / 2)).toBeLessThan(4 / Math.sqrt(12 * 20_000));
    expect(Math.abs(mean(normal))).toBeLessThan(4 / Math.sqrt(20_000));
    expect(Math.abs(mean(normal.map((x) => x * x)) - 1)).toBeLessThan(4 * Math.sqrt(2 / 20_000));
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...uniform)).toBeLessThan(1);
  });

  test("permutes every number once, and each to the first place equally often", () => {
    const random = createRandom(5, "permutation");
    const first = [0, 0, 0, 0, 0];
    for (let draw = 0; draw < 5000; draw++) {
      const order = random.permutation(5);
      expect([...order].toSorted()).toEqual([0, 1, 2, 3, 4]);
      first[order[0] ?? 0]! += 1;
    }
    // χ² with four degrees of freedom is below 18.5 in 999 of 1000 cases.
    expect(first.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(18.5);
  });
});

/** xoshiro128** written with exact integers, straight from the authors' reference. */
function reference(state: readonly bigint[], count: number): number[] {
  const mask = 0xffff_ffffn;
  const rotate = (x: bigint, k: bigint) => ((x << k) | (x >> (32n - k))) & mask;
  let [s0, s1, s2, s3] = [state[0]!, state[1]!, state[2]!, state[3]!];
  return Array.from({ length: count }, () => {
    const result = (rotate((s1 * 5n) & mask, 7n) * 9n) & mask;
    const t = (s1 << 9n) & mask;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = rotate(s3, 11n);
    return Number(result);
  });
}
