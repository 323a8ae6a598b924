import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFourier } from "../../../../trainer/src/data/trio/fourier.ts";

describe("createFourier()", () => {
  test("equals the sum that defines the transform", () => {
    const size = fc.constantFrom(1, 2, 8, 64);
    const signal = size.chain((length) =>
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
        minLength: 2 * length,
        maxLength: 2 * length,
      }),
    );
    fc.assert(
      fc.property(signal, (values) => {
        const length = values.length / 2;
        const real = Float64Array.from(values.slice(0, length));
        const imaginary = Float64Array.from(values.slice(length));
        const expected = definition(real, imaginary);
        createFourier(length)(real, imaginary);
        for (let k = 0; k < length; k++) {
          expect(real[k]).toBeCloseTo(expected.real[k]!, 10);
          expect(imaginary[k]).toBeCloseTo(expected.imaginary[k]!, 10);
        }
      }),
      { numRuns: 40 },
    );
  });

  test.each([0, 3, -2, 0.5, Number.NaN])("refuses the length %s", (size) => {
    expect(() => createFourier(size)).toThrow(RangeError);
  });
});

function definition(real: Float64Array, imaginary: Float64Array) {
  const size = real.length;
  const result = { real: new Float64Array(size), imaginary: new Float64Array(size) };
  for (let k = 0; k < size; k++) {
    for (let n = 0; n < size; n++) {
      const angle = (-2 * Math.PI * k * n) / size;
      result.real[k]! += real[n]! * Math.cos(angle) - imaginary[n]! * Math.sin(angle);
      result.imaginary[k]! += real[n]! * Math.sin(angle) + imaginary[n]! * Math.cos(angle);
    }
  }
  return result;
}
