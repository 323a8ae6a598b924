import { conv2d, grad, mul, reshape, sum } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { disagreement, sample4d } from "../agreement.ts";
import { CONVOLUTION_CASES } from "./convolution-cases.ts";

/** float32 sums in another order: error relative to the largest gradient. */
const TOLERANCE = 1e-5;

test.each(CONVOLUTION_CASES)("conv2dBackpropFilter agrees with cpu: $name", async (example) => {
  const { x, filter, strides, pad } = example;
  const difference = await disagreement(() => {
    const images = sample4d(x, 1);
    return grad((weights) => {
      const output = conv2d(images, reshape(weights, [...filter]), strides, pad);
      return sum(mul(output, sample4d(output.shape, 3)));
    })(sample4d(filter, 2));
  });
  expect(difference).toBeLessThan(TOLERANCE);
});
