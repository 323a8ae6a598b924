import { describe, expect, test } from "vitest";
import { bidiagonalize } from "../../../core/measures/bidiagonalize.ts";
import { gaussian } from "../../support/gaussian.ts";

describe("bidiagonalize", () => {
  test.each([
    [12, 5],
    [5, 12],
    [6, 6],
    [1, 4],
  ])("keeps the Frobenius norm of a [%i, %i] matrix", (rows, columns) => {
    const matrix = gaussian(rows, columns, 5);
    const { diagonal, superdiagonal } = bidiagonalize(matrix, 2);
    const squares = (data: Float64Array | Float32Array) =>
      [...data].reduce((sum, entry) => sum + entry * entry, 0);
    expect(diagonal).toHaveLength(Math.min(rows, columns));
    expect(4 * (squares(diagonal) + squares(superdiagonal))).toBeCloseTo(squares(matrix.data), 11);
  });

  test("keeps |det| of a square matrix as the product of the diagonal", () => {
    const matrix = { rows: 2, columns: 2, data: Float64Array.of(3, 1, 4, 2) };
    const { diagonal } = bidiagonalize(matrix, 1);
    expect(Math.abs((diagonal[0] ?? 0) * (diagonal[1] ?? 0))).toBeCloseTo(3 * 2 - 1 * 4, 14);
  });
});
