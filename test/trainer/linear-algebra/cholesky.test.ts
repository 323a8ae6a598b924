import { describe, expect, test } from "vitest";
import { choleskySolve } from "../../../trainer/src/linear-algebra/cholesky.ts";
import { multiply, transposedTimes } from "../../../trainer/src/linear-algebra/products.ts";
import { gaussian } from "../../support/gaussian.ts";
import { matrixOf } from "../../support/matrix-of.ts";
import { distance } from "../../support/tensor-values.ts";

describe("choleskySolve", () => {
  test("solves for several right-hand sides at once", () => {
    const root = gaussian(40, 30, 3);
    const [a, b] = [transposedTimes(root, root), gaussian(30, 7, 4)];
    const found = choleskySolve(a, b);
    expect(distance([...multiply(a, found!).data], [...b.data])).toBeLessThan(1e-11);
  });

  test.each([
    ["an indefinite matrix", [1, 2, 2, 1]],
    ["a singular one", [1, 1, 1, 1]],
    ["one that only rounding keeps from being singular", [1, 1, 1, 1 + 1e-16]],
    ["zeros", [0, 0, 0, 0]],
  ])("gives nothing for %s", (_name, entries) => {
    expect(
      choleskySolve(matrixOf(2, 2, Float64Array.from(entries)), gaussian(2, 1, 1)),
    ).toBeUndefined();
  });

  test("refuses shapes that do not fit and entries that are not finite", () => {
    expect(() => choleskySolve(gaussian(2, 3, 1), gaussian(2, 1, 1))).toThrow("must be square");
    expect(() => choleskySolve(gaussian(2, 2, 1), gaussian(3, 1, 1))).toThrow(
      "Cannot solve for [3, 1]",
    );
    const broken = matrixOf(1, 1, new Float64Array([Number.NaN]));
    expect(() => choleskySolve(broken, broken)).toThrow("NaN at row 0, column 0");
  });
});
