import { grad, maxPool, mul, reshape, sum, type Tensor4D, tensor4d } from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { disagreement, sample4d } from "../agreement.ts";

/** At most nine gradients are added to one pixel. */
const TOLERANCE = 1e-6;

interface PoolingCase {
  readonly name: string;
  readonly x: readonly [number, number, number, number];
  readonly size: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: "valid" | "same" | number;
}

const CASES: readonly PoolingCase[] = [
  { name: "2x2", x: [3, 8, 6, 5], size: 2, strides: 2, pad: "valid" },
  { name: "a row and a column left over", x: [3, 7, 9, 5], size: 2, strides: 2, pad: "valid" },
  { name: "same, with a remainder", x: [3, 7, 9, 5], size: 2, strides: 2, pad: "same" },
  { name: "overlapping windows", x: [2, 8, 8, 3], size: 3, strides: 1, pad: "same" },
  { name: "overlapping, stride 2", x: [2, 9, 9, 3], size: 3, strides: 2, pad: "valid" },
  { name: "unequal sides", x: [2, 8, 9, 3], size: [1, 3], strides: [2, 1], pad: "same" },
  { name: "gaps between windows", x: [2, 9, 9, 3], size: 2, strides: 3, pad: "valid" },
  { name: "padding of 1 pixel", x: [2, 6, 6, 3], size: 3, strides: 2, pad: 1 },
  { name: "one window", x: [2, 4, 4, 3], size: 4, strides: 4, pad: "valid" },
];

describe("maxPoolGrad", () => {
  test.each(CASES)("agrees with cpu: $name", async ({ x, size, strides, pad }) => {
    const difference = await disagreement(() =>
      grad((images) => {
        const pooled = maxPool<Tensor4D>(reshape(images, [...x]), size, strides, pad);
        return sum(mul(pooled, sample4d(pooled.shape, 3)));
      })(sample4d(x, 2)),
    );
    expect(difference).toBeLessThan(TOLERANCE);
  });

  test("gives the first of equal maxima the whole gradient", async () => {
    const difference = await disagreement(() => {
      const gradient = grad((images) =>
        sum(maxPool<Tensor4D>(reshape(images, [1, 2, 2, 1]), 2, 2, "valid")),
      )(tensor4d([1, 5, 5, 5], [1, 2, 2, 1]));
      expect(Array.from(gradient.dataSync())).toEqual([0, 1, 0, 0]);
      return gradient;
    });
    expect(difference).toBe(0);
  });
});
