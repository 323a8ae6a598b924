import { describe, expect, test } from "vitest";
import {
  determinant,
  symmetricEigen,
  thinSvd,
} from "../../../trainer/src/linear-algebra/decompositions.ts";
import {
  timesTransposed,
  type transpose,
  transposedTimes,
} from "../../../trainer/src/linear-algebra/products.ts";
import { gaussian } from "../../support/gaussian.ts";
import { matrixOf } from "../../support/matrix-of.ts";
import { distance } from "../../support/tensor-values.ts";

const scaleColumns = (matrix: ReturnType<typeof transpose>, by: Float64Array) => ({
  ...matrix,
  data: matrix.data.map((value, at) => value * (by[at % matrix.columns] ?? 0)),
});
const identity = (n: number) =>
  Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));

describe("decompositions", () => {
  test.each([
    [7, 3],
    [3, 7],
    [5, 5],
  ])("thinSvd() of [%d, %d] multiplies back, with orthonormal columns", (rows, columns) => {
    const a = gaussian(rows, columns, 1);
    const { left, values, right } = thinSvd(a);
    const back = timesTransposed(scaleColumns(left, values), right);
    expect(distance([...back.data], [...a.data])).toBeLessThan(1e-13);
    const k = Math.min(rows, columns);
    for (const side of [left, right]) {
      expect(distance([...transposedTimes(side, side).data], identity(k))).toBeLessThan(1e-13);
    }
    expect([...values]).toEqual([...values].toSorted((x, y) => y - x));
  });

  test("symmetricEigen() multiplies back, largest value first", () => {
    const root = gaussian(6, 6, 2);
    const a = timesTransposed(root, root);
    const { values, vectors } = symmetricEigen(a);
    const back = timesTransposed(scaleColumns(vectors, values), vectors);
    expect(distance([...back.data], [...a.data])).toBeLessThan(1e-12);
    expect([...values]).toEqual([...values].toSorted((x, y) => y - x));
  });

  test("determinant() of a permutation is its sign", () => {
    expect(determinant(matrixOf(3, 3, new Float64Array([0, 1, 0, 1, 0, 0, 0, 0, 1])))).toBe(-1);
  });

  test("empty matrices have no singular and no eigenvalues", () => {
    expect(thinSvd(gaussian(0, 3, 1)).values).toHaveLength(0);
    expect(symmetricEigen(gaussian(0, 0, 1)).values).toHaveLength(0);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])(
    "all refuse %d instead of never ending",
    (bad) => {
      const a = matrixOf(2, 2, new Float64Array([1, bad, bad, 1]));
      for (const decompose of [thinSvd, symmetricEigen, determinant]) {
        expect(() => decompose(a)).toThrow(`${bad} at row 0, column 1`);
      }
    },
  );
});
