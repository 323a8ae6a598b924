import { describe, expect, test } from "vitest";
import { gram } from "../../../core/measures/gram.ts";
import { gaussian } from "../../support/gaussian.ts";

/** The rows of a matrix as vectors. */
function vectorsOf(count: number, length: number): Float64Array[] {
  const { data } = gaussian(count, length, 5);
  return Array.from({ length: count }, (_, row) =>
    Float64Array.from(data.subarray(row * length, (row + 1) * length)),
  );
}

describe("gram", () => {
  test.each([
    [1, 1],
    [3, 7],
    [4, 256],
    [5, 257],
    [9, 1000],
  ])("multiplies %i vectors of %i entries with one another", (count, length) => {
    const vectors = vectorsOf(count, length);
    const product = gram(vectors);
    for (const [i, left] of vectors.entries()) {
      for (const [j, right] of vectors.entries()) {
        const expected = left.reduce((sum, value, k) => sum + value * (right[k] ?? 0), 0);
        expect(Math.abs((product[i * count + j] ?? Number.NaN) - expected)).toBeLessThan(1e-10);
        expect(product[i * count + j]).toBe(product[j * count + i]);
      }
    }
  });

  test.each([
    ["no vectors", []],
    ["a vector without entries", [new Float64Array(0)]],
  ])("is zero for %s", (_name, vectors) => {
    expect(gram(vectors)).toEqual(new Float64Array(vectors.length ** 2));
  });
});
