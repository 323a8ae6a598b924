import fc from "fast-check";
import { expect, test } from "vitest";
import { outputRange } from "../../../../trainer/src/backends/wasm-kernels/output-range.ts";

test("outputRange() holds exactly the positions whose tap is inside the input", () => {
  const position = fc.record({
    tap: fc.integer({ min: 0, max: 7 }),
    stride: fc.integer({ min: 1, max: 4 }),
    paddingBefore: fc.integer({ min: 0, max: 7 }),
    inputSize: fc.integer({ min: 1, max: 20 }),
    outputSize: fc.integer({ min: 0, max: 20 }),
  });
  fc.assert(
    fc.property(position, (example) => {
      const { tap, stride, paddingBefore, inputSize, outputSize } = example;
      const inside = Array.from({ length: outputSize }, (_, output) => output).filter((output) => {
        const input = output * stride + tap - paddingBefore;
        return input >= 0 && input < inputSize;
      });
      const { first, end } = outputRange(example);
      expect(Array.from({ length: end - first }, (_, index) => first + index)).toEqual(inside);
    }),
  );
});
