import { Matrix, solve } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { conjugateGradients } from "../../../trainer/src/linear-algebra/conjugate-gradients.ts";
import { createRandom } from "../../../trainer/src/random.ts";

const SIZE = 12;
const random = createRandom(4, "conjugate-gradients");
const root = Matrix.zeros(SIZE, SIZE).apply(function (this: Matrix, i, j) {
  this.set(i, j, random.normal());
});
const definite = root.transpose().mmul(root).add(Matrix.eye(SIZE));
const b = Float64Array.from({ length: SIZE }, () => random.normal());
const times = (matrix: Matrix) => async (vector: Float64Array) =>
  Float64Array.from(matrix.mmul(Matrix.columnVector([...vector])).to1DArray());

describe("conjugateGradients()", () => {
  test("solves a definite system in as many products as it has rows", async () => {
    const exact = solve(definite, Matrix.columnVector([...b])).to1DArray();
    const found = await conjugateGradients(times(definite), b, {
      iterations: 30,
      tolerance: 1e-10,
    });
    expect(found.products).toBeLessThanOrEqual(SIZE + 2);
    expect(found.isIndefinite).toBe(false);
    expect(Math.max(...exact.map((x, j) => Math.abs(x - found.x[j]!)))).toBeLessThan(1e-9);
  });

  test("stops at the tolerance, and after its products", async () => {
    const loose = await conjugateGradients(times(definite), b, { iterations: 30, tolerance: 0.1 });
    expect(loose.residual).toBeLessThanOrEqual(0.1);
    const short = await conjugateGradients(times(definite), b, { iterations: 2, tolerance: 0 });
    expect(short.products).toBe(2);
  });

  test("ends where the matrix curves downwards, and at once for nothing to solve", async () => {
    const indefinite = Matrix.diag([1, -1, ...Array.from({ length: SIZE - 2 }, () => 2)]);
    const found = await conjugateGradients(times(indefinite), b, { iterations: 30, tolerance: 0 });
    expect(found.isIndefinite).toBe(true);
    expect(found.x.every(Number.isFinite)).toBe(true);
    const zero = await conjugateGradients(times(definite), new Float64Array(SIZE), {
      iterations: 5,
      tolerance: 1e-3,
    });
    expect([zero.products, zero.residual]).toEqual([0, 0]);
  });
});
