import { fill, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { createDropout, type Feed } from "../../trainer/src/dropout.ts";
import { useCpuBackend, valuesOf } from "../support/tensor-values.ts";

beforeAll(useCpuBackend);

const feed: Feed = (values, shape) => tensor(values(), [...shape], "bool");

function dropped(rate: number, size: number, { seed = 1, step = 1, name = "fc1" } = {}): number[] {
  const dropout = createDropout(seed, () => step, feed);
  return valuesOf(() => dropout.apply<Tensor>(fill([size], 2), name, rate));
}

describe("createDropout()", () => {
  test.each([0.1, 0.5, 0.9])("switches a share of %d off and keeps the mean", (rate) => {
    const size = 40_001;
    const values = dropped(rate, size);
    const zeros = values.filter((value) => value === 0).length;
    // Five standard deviations of the binomial distribution.
    const spread = 5 * Math.sqrt(size * rate * (1 - rate));
    expect(Math.abs(zeros - size * rate)).toBeLessThan(spread);
    const kept = values.find((value) => value !== 0) ?? Number.NaN;
    // The rate is rounded to 1/65536.
    expect(Math.abs((kept * (1 - rate)) / 2 - 1)).toBeLessThan(1e-4);
    expect(new Set(values).size).toBe(2);
  });

  test("gives the same mask for the same seed, step and name, and another for another", () => {
    const mask = dropped(0.5, 200);
    expect(dropped(0.5, 200)).toEqual(mask);
    for (const other of [{ seed: 2 }, { step: 2 }, { name: "fc2" }]) {
      expect(dropped(0.5, 200, other)).not.toEqual(mask);
    }
  });

  test("leaves the input itself at a rate of 0", () => {
    const input = fill([3], 2);
    expect(createDropout(1, () => 1, feed).apply(input, "fc1", 0)).toBe(input);
  });
});
