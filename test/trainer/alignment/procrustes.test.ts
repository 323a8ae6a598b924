import { describe, expect, test } from "vitest";
import { fitProcrustes } from "../../../trainer/src/alignment/procrustes.ts";
import { determinant } from "../../../trainer/src/linear-algebra/decompositions.ts";
import { multiply, transposedTimes } from "../../../trainer/src/linear-algebra/products.ts";
import { gaussian } from "../../support/gaussian.ts";
import { matrixOf } from "../../support/matrix-of.ts";
import { distance } from "../../support/tensor-values.ts";

const FROM = gaussian(30, 3, 1);
const turn = (angle: number) =>
  matrixOf(
    3,
    3,
    new Float64Array([
      Math.cos(angle),
      Math.sin(angle),
      0,
      -Math.sin(angle),
      Math.cos(angle),
      0,
      0,
      0,
      1,
    ]),
  );
const MIRROR = matrixOf(3, 3, new Float64Array([1, 0, 0, 0, 1, 0, 0, 0, -1]));
const scaled = (matrix: { rows: number; columns: number; data: Float64Array }, by: number) => ({
  ...matrix,
  data: matrix.data.map((value) => value * by),
});

describe("fitProcrustes", () => {
  test("finds the rotation and the scale that made the data", () => {
    const truth = turn(0.8);
    const found = fitProcrustes(FROM, scaled(multiply(FROM, truth), 2.5), { scale: true });
    expect(distance([...found.rotation.data], [...truth.data])).toBeLessThan(1e-12);
    expect(found.scale).toBeCloseTo(2.5, 12);
    expect(found.undetermined).toBe(0);
  });

  test("finds a reflection, or the best rotation where only rotations are allowed", () => {
    const mirrored = multiply(FROM, MIRROR);
    const free = fitProcrustes(FROM, mirrored);
    expect(distance([...free.rotation.data], [...MIRROR.data])).toBeLessThan(1e-12);
    const proper = fitProcrustes(FROM, mirrored, { rotation: true, scale: true });
    expect(determinant(proper.rotation)).toBeCloseTo(1, 12);
    expect(proper.scale).toBeLessThan(1);
  });

  test("is orthogonal whatever the data", () => {
    const { rotation } = fitProcrustes(FROM, gaussian(30, 3, 7));
    const product = transposedTimes(rotation, rotation);
    expect(distance([...product.data], [1, 0, 0, 0, 1, 0, 0, 0, 1])).toBeLessThan(1e-12);
  });

  test("counts the directions that the data leave open", () => {
    const flat = { ...FROM, data: FROM.data.map((value, i) => (i % 3 === 2 ? 0 : value)) };
    expect(fitProcrustes(flat, flat).undetermined).toBe(1);
  });

  test("refuses widths that differ", () => {
    expect(() => fitProcrustes(FROM, gaussian(30, 4, 2))).toThrow("3 columns onto 4");
  });
});
