import { grads, matMul, mul, sum, type Tensor } from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { disagreement, sample } from "../agreement.ts";

/** float32 sums of up to 300 products in another order, relative to the largest. */
const TOLERANCE = 1e-5;

/** Sizes of A·B: [rows, inner] · [inner, columns]. */
const SIZES = [
  [1, 1, 1],
  [3, 5, 7],
  [8, 16, 8],
  [17, 300, 9],
  [64, 1, 33],
] as const;

const TRANSPOSES = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;

describe("batchMatMul", () => {
  test.each(SIZES.flatMap((size) => TRANSPOSES.map((transposes) => ({ size, transposes }))))(
    "agrees with cpu: $size, transposed $transposes",
    async ({ size, transposes }) => {
      const [rows, inner, columns] = size;
      const [transposeA, transposeB] = transposes;
      const difference = await disagreement(() =>
        matMul(
          sample(transposeA ? [inner, rows] : [rows, inner], 1),
          sample(transposeB ? [columns, inner] : [inner, columns], 2),
          transposeA,
          transposeB,
        ),
      );
      expect(difference).toBeLessThan(TOLERANCE);
    },
  );

  test.each([
    { name: "leading sizes of 1", a: [1, 4, 3], b: [1, 5, 4] },
    { name: "batches", a: [3, 4, 6], b: [3, 5, 4] },
    { name: "one side broadcast", a: [1, 4, 6], b: [3, 5, 4] },
  ])("keeps tfjs's meaning for $name", async ({ a, b }) => {
    const difference = await disagreement(() => matMul(sample(a, 1), sample(b, 2), true, true));
    expect(difference).toBeLessThan(TOLERANCE);
  });

  test("gives both gradients of a product", async () => {
    const bothGradients = grads((a: Tensor, b: Tensor) => {
      const product = matMul(a, b);
      return sum(mul(product, sample(product.shape, 3)));
    });
    for (const index of [0, 1]) {
      const difference = await disagreement(() => {
        const gradient = bothGradients([sample([12, 20], 1), sample([20, 9], 2)])[index];
        if (gradient === undefined) throw new RangeError(`No gradient ${index}`);
        return gradient;
      });
      expect(difference).toBeLessThan(TOLERANCE);
    }
  });
});
