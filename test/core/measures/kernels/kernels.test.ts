import { expect, test } from "vitest";
import { createMeasureKernels } from "../../../../core/measures/kernels/kernels.ts";

test("createMeasureKernels() gives out zeroed room that does not overlap, in order", () => {
  const kernels = createMeasureKernels();
  const [first, second] = [kernels.words(3), kernels.words(100_000)];
  expect(second).toBeGreaterThanOrEqual(first + 12);
  kernels.floats(first, 3).fill(7);
  expect(kernels.integers(second, 100_000).every((value) => value === 0)).toBe(true);
  expect(createMeasureKernels().floats(first, 3)).toEqual(new Float32Array(3));
});

test("createMeasureKernels() gives out no more than 32-bit addresses reach", () => {
  expect(() => createMeasureKernels().words(2 ** 30)).toThrow(RangeError);
});
