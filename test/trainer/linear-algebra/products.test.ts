import { describe, expect, test } from "vitest";
import { columnDeviations, columnMeans } from "../../../trainer/src/linear-algebra/centre.ts";
import {
  multiply,
  timesTransposed,
  toDense,
  transposedTimes,
} from "../../../trainer/src/linear-algebra/products.ts";
import { gaussian } from "../../support/gaussian.ts";
import { matrixOf } from "../../support/matrix-of.ts";

const A = matrixOf(2, 3, new Float64Array([1, 2, 3, 4, 5, 6]));
const B = matrixOf(3, 2, new Float64Array([7, 8, 9, 10, 11, 12]));

describe("products", () => {
  test("are those written out", () => {
    expect([...multiply(A, B).data]).toEqual([58, 64, 139, 154]);
    expect([...transposedTimes(A, A).data]).toEqual([17, 22, 27, 22, 29, 36, 27, 36, 45]);
    expect([...timesTransposed(A, A).data]).toEqual([14, 32, 32, 77]);
  });

  test("refuse shapes that do not fit", () => {
    expect(() => multiply(A, A)).toThrow("[2, 3] and [2, 3]");
    expect(() => transposedTimes(A, B)).toThrow("[2, 3] and [3, 2]");
    expect(() => timesTransposed(A, B)).toThrow("[2, 3] and [3, 2]");
  });

  test("toDense() widens binary32 and leaves binary64 alone", () => {
    const narrow = matrixOf(1, 2, new Float32Array([0.5, 2]));
    expect(toDense(narrow).data).toEqual(new Float64Array([0.5, 2]));
    expect(toDense(A).data).toBe(A.data);
  });
});

describe("columns", () => {
  test("have means and deviations with 1/n; a constant one deviates by 0", () => {
    const x = matrixOf(4, 2, new Float64Array([1, 5, 3, 5, 5, 5, 7, 5]));
    expect([...columnMeans(x)]).toEqual([4, 5]);
    expect([...columnDeviations(x)]).toEqual([Math.sqrt(5), 0]);
    expect([...columnMeans(gaussian(0, 1, 1))]).toEqual([Number.NaN]);
  });
});
