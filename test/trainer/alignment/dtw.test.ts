import { describe, expect, test } from "vitest";
import { dtw, dtwDistance } from "../../../trainer/src/alignment/dtw.ts";
import { matrixOf } from "../../support/matrix-of.ts";

const sequence = (...values: readonly number[]) =>
  matrixOf(values.length, 1, Float64Array.from(values));

describe("dtw", () => {
  test("is 0 for a sequence that lingers, and the path says where", () => {
    const found = dtw(sequence(1, 2, 3), sequence(1, 2, 2, 2, 3));
    expect(found).toEqual({
      distance: 0,
      path: [
        [0, 0],
        [1, 1],
        [1, 2],
        [1, 3],
        [2, 4],
      ],
    });
  });

  test("is the Euclidean distance within a band of 0", () => {
    const [x, y] = [sequence(0, 1, 4), sequence(2, 0, 3)];
    const found = dtw(x, y, { radius: 0 });
    expect(found.distance).toBeCloseTo(Math.sqrt(4 + 1 + 1), 14);
    expect(found.path).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });

  test("prefers the diagonal among equal ways", () => {
    expect(dtw(sequence(5, 5, 5), sequence(5, 5, 5)).path).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });

  test("is symmetric, and never grows with the band", () => {
    const [x, y] = [sequence(0, 3, 1, 2, 9, 4), sequence(1, 0, 3, 8, 2, 2)];
    expect(dtwDistance(x, y)).toBe(dtwDistance(y, x));
    const by = [0, 1, 2, 3].map((radius) => dtwDistance(x, y, { radius }));
    expect(by).toEqual(by.toSorted((a, b) => b - a));
  });

  test.each([
    [
      "frames of different widths",
      sequence(1),
      matrixOf(1, 2, new Float64Array(2)),
      {},
      "1 numbers onto frames of 2",
    ],
    ["an empty sequence", sequence(), sequence(1), {}, "0 frames"],
    ["a negative radius", sequence(1), sequence(1), { radius: -1 }, "radius -1"],
  ])("refuses %s", (_name, x, y, options, message) => {
    expect(() => dtw(x, y, options)).toThrow(message);
  });
});
